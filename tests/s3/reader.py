"""What a bucket holds, told by boto3: an answer in one line of JSON for each line of standard input.

    python reader.py PORT-OF-THE-STORE

`make BUCKET` · `held BUCKET`: {key: [bytes in base64, headers]} · `put BUCKET KEY TEXT` · `remove BUCKET KEY`
"""

import base64
import json
import sys

import boto3

store = boto3.client(
    "s3",
    endpoint_url=f"http://127.0.0.1:{sys.argv[1]}",
    region_name="us-east-1",
    aws_access_key_id="reader",
    aws_secret_access_key="reader",
)


def held(bucket):
    found = {}
    for page in store.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for listed in page.get("Contents", []):
            answer = store.get_object(Bucket=bucket, Key=listed["Key"])
            said = answer["ResponseMetadata"]["HTTPHeaders"]
            names = ("content-type", "cache-control", "content-encoding")
            headers = {name: said[name] for name in names if name in said}
            found[listed["Key"]] = [base64.b64encode(answer["Body"].read()).decode(), headers]
    return found


for line in sys.stdin:
    verb, bucket, *rest = line.rstrip("\n").split(" ", 3)
    answer = {}
    if verb == "make":
        store.create_bucket(Bucket=bucket)
    elif verb == "held":
        answer = held(bucket)
    elif verb == "put":
        store.put_object(Bucket=bucket, Key=rest[0], Body=rest[1].encode())
    elif verb == "remove":
        store.delete_object(Bucket=bucket, Key=rest[0])
    print(json.dumps(answer), flush=True)

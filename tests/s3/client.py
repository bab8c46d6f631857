"""A boto3 client to inspect a bucket: one line of JSON on standard output for each command on standard input.

    python client.py PORT

Commands: `make BUCKET`; `list BUCKET`, which returns {key: [bytes in base64, headers]}; `put BUCKET KEY TEXT`;
`remove BUCKET KEY`.
"""

import base64
import json
import sys

import boto3

HEADERS = ("content-type", "cache-control", "content-encoding")

store = boto3.client(
    "s3",
    endpoint_url=f"http://127.0.0.1:{sys.argv[1]}",
    region_name="us-east-1",
    aws_access_key_id="client",
    aws_secret_access_key="client",
)


def list_objects(bucket):
    objects = {}
    for page in store.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for listed in page.get("Contents", []):
            response = store.get_object(Bucket=bucket, Key=listed["Key"])
            sent = response["ResponseMetadata"]["HTTPHeaders"]
            headers = {name: sent[name] for name in HEADERS if name in sent}
            objects[listed["Key"]] = [base64.b64encode(response["Body"].read()).decode(), headers]
    return objects


for line in sys.stdin:
    verb, bucket, *rest = line.rstrip("\n").split(" ", 3)
    result = {}
    if verb == "make":
        store.create_bucket(Bucket=bucket)
    elif verb == "list":
        result = list_objects(bucket)
    elif verb == "put":
        store.put_object(Bucket=bucket, Key=rest[0], Body=rest[1].encode())
    elif verb == "remove":
        store.delete_object(Bucket=bucket, Key=rest[0])
    print(json.dumps(result), flush=True)

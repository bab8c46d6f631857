"""Checks feeds by their specifications: Atom by RFC 4287 and JSON Feed by https://www.jsonfeed.org/version/1.1/.

    python3 feeds.py FOLDER     every feed*.xml and feed*.json of a built site; violations are printed, and the exit code is 1
"""

import json
import re
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def is_address(text):
    return bool(text) and urlsplit(text).scheme in ("http", "https") and bool(urlsplit(text).netloc)


def is_date(text):
    return bool(text and DATE.fullmatch(text)) and datetime.fromisoformat(text.replace("Z", "+00:00")) is not None


def broken_html(text):
    """Links in the HTML of an entry that work only on the site itself."""
    return [found for found in re.findall(r'(?:href|src)="([^"]*)"', text) if found.startswith("/")]


def atom_name(name):
    """The qualified name of an Atom element."""
    return f"{ATOM}{name}"


def atom(text):
    feed = ElementTree.fromstring(text)
    if feed.tag != atom_name("feed"):
        yield f"the root is {feed.tag}"
        return
    named = all(entry.find(atom_name("author")) is not None for entry in feed.iter(atom_name("entry")))
    if feed.find(atom_name("author")) is None and not named:
        yield "an entry has no author, and neither has the feed"
    yield from atom_part(feed, "the feed")
    if not any(link.get("rel") == "self" and is_address(link.get("href")) for link in feed.findall(atom_name("link"))):
        yield "the feed has no link to itself"
    entries = feed.findall(atom_name("entry"))
    if not entries:
        yield "the feed has no entry"
    ids = [entry.findtext(atom_name("id")) for entry in entries]
    if len(set(ids)) < len(ids):
        yield "two entries have one id"
    for entry in entries:
        where = f"“{entry.findtext(atom_name('title'))}”"
        yield from atom_part(entry, where)
        alternate = [link for link in entry.findall(atom_name("link")) if link.get("rel", "alternate") == "alternate"]
        if entry.find(atom_name("content")) is None and not alternate:
            yield f"{where} has neither a text nor a link"
        for content in entry.findall(atom_name("content")):
            if content.get("type", "text") not in ("text", "html", "xhtml"):
                yield f"{where} has a text of type {content.get('type')}"
            if broken_html(content.text or "") and not content.get(BASE):
                yield f"{where} has links that lead nowhere"


def atom_part(part, where):
    """Rules for elements that feeds and entries share."""
    for name in ("id", "title", "updated"):
        if len(part.findall(atom_name(name))) != 1 or not part.findtext(atom_name(name)).strip():
            yield f"{where} has not one {name}"
    if not urlsplit(part.findtext(atom_name("id"), "")).scheme:
        yield f"the id of {where} is no absolute IRI"
    for name in ("updated", "published"):
        for date in part.findall(atom_name(name)):
            if not is_date(date.text):
                yield f"{where}: {name} is {date.text}"
    for link in part.findall(atom_name("link")):
        if not is_address(link.get("href")):
            yield f"{where} links to {link.get('href')}"
    for author in part.findall(atom_name("author")):
        if not author.findtext(atom_name("name"), "").strip():
            yield f"{where} has an author without a name"
    for category in part.findall(atom_name("category")):
        if not category.get("term"):
            yield f"{where} has a category without a term"


def json_feed(text):
    feed = json.loads(text)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"the version is {feed.get('version')}"
    if not isinstance(feed.get("title"), str) or not feed["title"]:
        yield "the feed has no title"
    for name in ("home_page_url", "feed_url", "next_url", "icon", "favicon"):
        if name in feed and not is_address(feed[name]):
            yield f"{name} is {feed[name]}"
    yield from json_authors(feed, "the feed")
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        yield "the feed has no items"
        return
    ids = [item.get("id") for item in items]
    if not all(isinstance(own, str) and own for own in ids) or len(set(ids)) < len(ids):
        yield "the ids of the items are not texts, each its own"
    for item in items:
        where = f"“{item.get('title')}”"
        yield from json_authors(item, where)
        if not any(isinstance(item.get(name), str) for name in ("content_html", "content_text")):
            yield f"{where} has no text"
        if broken_html(item.get("content_html", "")):
            yield f"{where} has links that lead nowhere"
        for name in ("url", "external_url", "image", "banner_image"):
            if name in item and not is_address(item[name]):
                yield f"{where}: {name} is {item[name]}"
        for name in ("date_published", "date_modified"):
            if name in item and not is_date(item[name]):
                yield f"{where}: {name} is {item[name]}"
        if not all(isinstance(tag, str) for tag in item.get("tags", [])):
            yield f"{where} has tags that are not text"


def json_authors(part, where):
    for author in part.get("authors", []):
        if not any(author.get(name) for name in ("name", "url", "avatar")):
            yield f"{where} has an author without name or address"


def require_finding(check, text, what):
    """Checks the check itself: it has to find something wrong with this."""
    if not list(check(text)):
        sys.exit(f"FAILED: the check found nothing wrong with {what}")


def main(folder):
    require_finding(atom, f'<feed xmlns="{ATOM[1:-1]}"><id>x</id><title>x</title><updated>2025</updated></feed>', "a wrong Atom feed")
    require_finding(json_feed, '{"version":"https://jsonfeed.org/version/1","title":"x","items":[{"id":1}]}', "a wrong JSON Feed")
    wrong = 0
    counts = {}
    for kind, check in ((".xml", atom), (".json", json_feed)):
        for path in sorted(folder.rglob(f"feed*{kind}")):
            counts[kind] = counts.get(kind, 0) + 1
            for found in check(path.read_text("utf-8")):
                print(f"{path}: {found}")
                wrong += 1
    if not all(counts.get(kind) for kind in (".xml", ".json")):
        sys.exit(f"FAILED: the site has to have Atom and JSON feeds: {counts}")
    print(f"{counts['.xml']} Atom feeds, {counts['.json']} JSON Feeds: {wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

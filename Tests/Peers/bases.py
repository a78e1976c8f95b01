"""The images that the set stands on, as archives that everybody loads."""

import hashlib
import io
import json
import os
import tarfile

APPLETS = """sh cat echo true false sleep ls id pwd env ps mount umount hostname grep head tail dd kill touch rm rmdir mkdir
    chmod chown chgrp ln cp mv wc sed awk seq tr cut date test printf stat readlink find mknod mkfifo sort tar vi basename
    sync sha256sum""".split()
TIME = 1_000_000_000


def archive(path, tag, root, configuration):
    """Writes an image of one layer, the tar archive `root`, as `docker save` would."""
    document = json.dumps({
        "architecture": "arm64" if os.uname().machine == "aarch64" else "amd64", "os": "linux",
        "created": "2001-09-09T01:46:40Z", "config": configuration,
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest(root)]},
        "history": [{"created": "2001-09-09T01:46:40Z", "created_by": "made for the comparison"}],
    }).encode()
    name = hashlib.sha256(document).hexdigest() + ".json"
    manifest = json.dumps([{"Config": name, "RepoTags": [tag], "Layers": ["base/layer.tar"]}]).encode()
    with tarfile.open(path, "w") as out:
        for entry, content in ((name, document), ("manifest.json", manifest)):
            info = tarfile.TarInfo(entry)
            info.size = len(content)
            out.addfile(info, io.BytesIO(content))
        out.add(root, "base/layer.tar", filter=plain)


def plain(info):
    info.uid = info.gid = 0
    info.mode = 0o644
    return info


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def box(directory):
    """Debian's static busybox with a few users."""
    layer = directory + "/box.layer"
    accounts = {
        "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nworker:x:1000:1000::/home/worker:/bin/sh\n",
        "etc/group": "root:x:0:\nworker:x:1000:\nextra:x:2000:worker\n",
    }
    with tarfile.open(layer, "w", format=tarfile.PAX_FORMAT) as out:
        def add(name, kind, mode, content=b"", link=""):
            info = tarfile.TarInfo(name)
            info.type, info.mode, info.mtime, info.size, info.linkname = kind, mode, TIME, len(content), link
            out.addfile(info, io.BytesIO(content))
        for name in "bin dev etc proc root run sys tmp usr usr/share usr/share/old".split():
            add(name, tarfile.DIRTYPE, {"root": 0o700, "tmp": 0o1777}.get(name, 0o755))
        program = next(path for path in ("/bin/busybox", "/usr/bin/busybox") if os.path.exists(path))
        with open(program, "rb") as file:
            add("bin/busybox", tarfile.REGTYPE, 0o755, file.read())
        for applet in APPLETS:
            add(f"bin/{applet}", tarfile.SYMTYPE, 0o777, link="busybox")
        for name, text in accounts.items():
            add(name, tarfile.REGTYPE, 0o644, text.encode())
        add("usr/share/old/file", tarfile.REGTYPE, 0o644, b"old\n")
    path = directory + "/box.tar"
    archive(path, "box:latest", layer, {
        "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], "Cmd": ["sh"],
        "Labels": {"base": "box"}})
    return path


def python(directory, layer):
    """What examples/python-app/debian-base made."""
    path = directory + "/python-base.tar"
    archive(path, "python-base:latest", layer, {
        "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], "Cmd": ["python3"]})
    return path

"""What an image holds, read from the archive that `docker save` writes: its file system and its configuration."""

import hashlib
import json
import stat
import tarfile

KINDS = {
    tarfile.REGTYPE: "file", tarfile.AREGTYPE: "file", tarfile.CONTTYPE: "file", tarfile.GNUTYPE_SPARSE: "file",
    tarfile.SYMTYPE: "link", tarfile.DIRTYPE: "directory", tarfile.FIFOTYPE: "fifo",
    tarfile.CHRTYPE: "character", tarfile.BLKTYPE: "block",
}


def raw(text):
    """The bytes of a name as they stand in the archive."""
    return text.encode("utf-8", "surrogateescape")


def shown(path):
    """Bytes as text that tells all of them."""
    return path.decode("utf-8", "backslashreplace")


class Image:
    """One image: `files` maps paths (bytes, no leading slash) to facts, `configuration` fields to values."""

    def __init__(self, path, started):
        """Reads an archive; times after `started` (seconds since 1970) are all the same: now."""
        self.started = started
        self.files = {}
        with tarfile.open(path) as archive:
            manifest = json.load(archive.extractfile("manifest.json"))[0]
            self.document = json.load(archive.extractfile(manifest["Config"]))
            self.layers = len(manifest["Layers"])
            for name in manifest["Layers"]:
                self._apply(archive.extractfile(self._resolved(archive, name)))
        self._name_hard_links()
        self.configuration = self._configuration()

    @staticmethod
    def _resolved(archive, name):
        # docker 20.10 writes a layer that comes twice as a symbolic link to the first.
        member = archive.getmember(name)
        return "/".join(member.linkname.split("/")[-2:]) if member.issym() else name

    def _apply(self, stream):
        with tarfile.open(fileobj=stream, encoding="utf-8", errors="surrogateescape") as layer:
            added = set()
            for member in layer:
                path = raw(member.name).strip(b"/")
                path = path[2:] if path.startswith(b"./") else path
                if path in (b"", b"."):
                    continue
                directory, _, name = path.rpartition(b"/")
                if name == b".wh..wh..opq":
                    self._remove_below(directory, added)
                elif name.startswith(b".wh."):
                    self._remove((directory + b"/" if directory else b"") + name[4:])
                elif member.islnk():
                    self.files[path] = self.files[raw(member.linkname).strip(b"/").removeprefix(b"./")]
                    added.add(path)
                else:
                    self._add(path, member, layer)
                    added.add(path)

    def _add(self, path, member, layer):
        kind = KINDS.get(member.type, repr(member.type))
        old = self.files.get(path)
        if old is not None and (old["kind"] == "directory") != (kind == "directory"):
            self._remove(path)
        facts = {"kind": kind, "mode": oct(stat.S_IMODE(member.mode)), "owner": f"{member.uid}:{member.gid}"}
        if kind == "link":
            del facts["mode"]
            facts["target"] = shown(raw(member.linkname))
        if kind == "file":
            content = layer.extractfile(member).read()
            facts["content"] = f"{len(content)} {hashlib.sha256(content).hexdigest()[:16]}"
        if kind in ("character", "block"):
            facts["device"] = f"{member.devmajor}:{member.devminor}"
        for key, value in member.pax_headers.items():
            if key.startswith("SCHILY.xattr."):
                facts[key[len("SCHILY."):]] = raw(value).hex()
        # A directory's time is the last change of what is in it, which is a matter of the order of work.
        if kind != "directory":
            facts["mtime"] = "now" if member.mtime >= self.started else str(int(member.mtime))
        self.files[path] = facts

    def _remove(self, path):
        self.files.pop(path, None)
        self._remove_below(path, ())

    def _remove_below(self, directory, added):
        prefix = directory + b"/" if directory else b""
        for path in [p for p in self.files if p.startswith(prefix) and p not in added]:
            # What this layer itself has brought stands whichever entry comes first.
            if not any(other.startswith(path + b"/") for other in added):
                del self.files[path]

    def _name_hard_links(self):
        groups = {}
        for path, facts in self.files.items():
            groups.setdefault(id(facts), []).append(path)
        for paths in groups.values():
            if len(paths) > 1:
                names = ", ".join(shown(path) for path in sorted(paths))
                for path in paths:
                    self.files[path] = dict(self.files[path], links=names)

    def _configuration(self):
        inner = self.document.get("config") or {}
        fields = {f"config.{name}": inner.get(name) for name in (
            "User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "Volumes", "WorkingDir", "Labels", "StopSignal",
            "Healthcheck", "Shell", "OnBuild", "ArgsEscaped")}
        for name in ("architecture", "os", "variant", "author"):
            fields[name] = self.document.get(name)
        fields["layers"] = self.layers
        steps = self.document.get("history") or []
        fields["history without layer"] = sum(1 for step in steps if step.get("empty_layer"))
        fields["history with layer"] = sum(1 for step in steps if not step.get("empty_layer"))
        return {name: value for name, value in fields.items() if value}


def differences(ours, theirs):
    """`(what, ours, theirs)` for everything in which two images differ, in order."""
    found = []
    for path in sorted(set(ours.files) | set(theirs.files)):
        one, other = ours.files.get(path), theirs.files.get(path)
        if one is None or other is None:
            found.append((f"/{shown(path)} is there", one and one["kind"], other and other["kind"]))
            continue
        for fact in sorted(set(one) | set(other)):
            if one.get(fact) != other.get(fact):
                found.append((f"/{shown(path)} {fact}", one.get(fact), other.get(fact)))
    for field in sorted(set(ours.configuration) | set(theirs.configuration)):
        one, other = ours.configuration.get(field), theirs.configuration.get(field)
        if one != other:
            found.append((field, one, other))
    return found

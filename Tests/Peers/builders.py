"""Those who build: Spyhop and its peers, each with a state of its own beneath one directory."""

import os
import shutil
import signal
import subprocess
import time

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Failure(Exception):
    """A command that failed, and what it said."""


class Builder:
    """What all have in common: commands with a plain environment."""

    #: Its name in the differences' file.
    name = ""
    #: Whether it knows what BuildKit has added to the language since docker 20.10.
    is_new = False

    def __init__(self, directory):
        self.directory = os.path.join(directory, self.name)
        os.makedirs(self.directory, exist_ok=True)
        self.environment = {"PATH": PATH, "HOME": self.directory, "LANG": "C.UTF-8", "TMPDIR": self.directory}

    def command(self, *words, cwd=None, **environment):
        done = subprocess.run(
            words, cwd=cwd, env=self.environment | environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        text = done.stdout.decode("utf-8", "backslashreplace")
        if done.returncode != 0:
            raise Failure(f"{' '.join(words)} ended with {done.returncode}:\n{text[-3000:]}")
        return text

    def close(self):
        """Ends what it started."""


class Spyhop(Builder):
    name = "spyhop"
    is_new = True

    def __init__(self, directory, program):
        super().__init__(directory)
        self.program = program
        self.environment["SPYHOP_ROOT"] = self.directory + "/root"

    def load(self, archive):
        self.command(self.program, "load", "-i", archive)

    def build(self, context, file, options, network):
        self.command(
            self.program, "build", "--network", network, "-t", "built", "-f", file, *options, ".", cwd=context)

    def save(self, path):
        self.command(self.program, "save", "-o", path, "built")


class Docker(Builder):
    """docker's own builder of old, in a daemon that also serves BuildKit."""

    name = "docker"
    buildkit = "0"

    def __init__(self, directory, daemon=None):
        super().__init__(directory)
        self.daemon = daemon or Daemon(self.directory)
        self.environment["DOCKER_HOST"] = self.daemon.address
        self.owns = daemon is None
        if self.owns:
            self.daemon.wait(self)

    def load(self, archive):
        self.command("/usr/bin/docker", "load", "-q", "-i", archive)

    def build(self, context, file, options, network):
        self.command(
            "/usr/bin/docker", "build", "--network", network, "-t", f"built-{self.name}", "-f", file, *options, ".",
            cwd=context, DOCKER_BUILDKIT=self.buildkit, BUILDKIT_PROGRESS="plain")

    def save(self, path):
        self.command("/usr/bin/docker", "save", "-o", path, f"built-{self.name}")

    def close(self):
        if self.owns:
            self.daemon.close()


class BuildKit(Docker):
    """The BuildKit that docker 20.10 has inside."""

    name = "buildkit"
    buildkit = "1"


class Daemon:
    """A dockerd on its own directories and socket."""

    def __init__(self, directory):
        self.address = f"unix://{directory}/docker.sock"
        self.cgroup = f"spyhop-peers-{os.getpid()}"
        with open(directory + "/daemon.json", "w") as file:
            file.write("{}")
        self.log = open(directory + "/log", "wb")
        self.process = subprocess.Popen(
            ["dockerd", "--config-file", directory + "/daemon.json", "--data-root", directory + "/data", "--exec-root",
             directory + "/exec", "--pidfile", directory + "/pid", "--host", self.address, "--bridge", "none",
             "--iptables=false", "--ip6tables=false", "--cgroup-parent", "/" + self.cgroup],
            env={"PATH": PATH, "HOME": directory}, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=subprocess.STDOUT)

    def wait(self, client):
        for attempt in range(300):
            try:
                client.command("/usr/bin/docker", "version")
                return
            except Failure as failure:
                if attempt == 299:
                    raise Failure(f"dockerd does not come up: {failure}") from failure
                time.sleep(0.1)

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        for hierarchy in os.listdir("/sys/fs/cgroup"):
            for path, _, _ in os.walk(f"/sys/fs/cgroup/{hierarchy}/{self.cgroup}", topdown=False):
                try:
                    os.rmdir(path)
                except OSError:
                    pass


class Buildah(Builder):
    name = "buildah"

    def __init__(self, directory):
        super().__init__(directory)
        self.words = [
            "buildah", "--root", self.directory + "/root", "--runroot", self.directory + "/run", "--storage-driver",
            "overlay"]
        # Docker Hub's names without a question, for `FROM box` means what was loaded.
        with open(self.directory + "/registries.conf", "w") as file:
            file.write('unqualified-search-registries = ["docker.io"]\nshort-name-mode = "permissive"\n')
        with open(self.directory + "/containers.conf", "w") as file:
            # Its own defaults raise limits above the ones of this process, which takes CAP_SYS_RESOURCE.
            file.write('[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n')
        self.environment["CONTAINERS_REGISTRIES_CONF"] = self.directory + "/registries.conf"
        self.environment["CONTAINERS_CONF"] = self.directory + "/containers.conf"

    def load(self, archive):
        self.command(*self.words, "pull", "-q", "docker-archive:" + archive)

    def build(self, context, file, options, network):
        self.command(
            *self.words, "bud", "--layers", "--format", "docker", "--isolation", "oci", "--runtime", "runc",
            "--identity-label=false", "--network", network, "-t", "built", "-f", file, *options, ".", cwd=context)

    def save(self, path):
        if os.path.exists(path):
            os.unlink(path)
        self.command(*self.words, "push", "-q", "built", "docker-archive:" + path + ":built:latest")

    def close(self):
        shutil.rmtree(self.directory + "/run", ignore_errors=True)

import Foundation

/// A root file system made from Debian's static busybox, once for all tests.
package enum BusyboxRoot {
    /// Its directory; removed when the test process ends.
    package static let path: String = {
        let root = "/tmp/spyhop-busybox-\(getpid())"
        let files = FileManager.default
        for folder in ["bin", "etc", "tmp", "root", "usr/bin", "var"] {
            try? files.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        for candidate in ["/bin/busybox", "/usr/bin/busybox"] where files.fileExists(atPath: candidate) {
            try? files.copyItem(atPath: candidate, toPath: "\(root)/bin/busybox")
            break
        }
        for applet in applets { symlink("busybox", "\(root)/bin/\(applet)") }
        let passwd = "root:x:0:0:root:/root:/bin/sh\nworker:x:1000:1000::/home/worker:/bin/sh\n"
        let group = "root:x:0:\nworker:x:1000:\nextra:x:2000:worker\n"
        try? passwd.write(toFile: "\(root)/etc/passwd", atomically: true, encoding: .utf8)
        try? group.write(toFile: "\(root)/etc/group", atomically: true, encoding: .utf8)
        chmod("\(root)/tmp", 0o1777)
        atexit { try? FileManager.default.removeItem(atPath: BusyboxRoot.path) }
        return root
    }()

    package static let applets = [
        "sh", "cat", "echo", "true", "false", "sleep", "ls", "id", "pwd", "env", "ps", "mount", "umount", "hostname",
        "grep",
        "head", "tail", "dd", "kill", "touch", "rm", "mkdir", "chmod", "chown", "ln", "cp", "mv", "wc", "sed", "awk",
        "seq", "tr", "cut",
        "stty", "tty", "date", "test", "printf", "yes", "usleep", "wget", "httpd", "nproc", "stat", "readlink", "find",
        "unshare", "ping",
        "mknod", "sort", "md5sum", "tar", "vi", "top", "ip", "ifconfig", "nice", "renice", "trap", "expr", "basename",
        "sync", "nslookup", "nc", "ping6",
    ]
}

import Glibc
import LinuxSystem
import Testing

@Suite struct RemovalTests {
    @Test func linksAreRemovedAndNeverFollowed() async throws {
        try await withDirectory { path in
            try Files.makeDirectories(path + "/kept/inner")
            try Files.writeAtomically([1], to: path + "/kept/file")
            try Files.makeDirectories(path + "/tree/a/b")
            #expect(symlink(path + "/kept", path + "/tree/a/link") == 0)
            #expect(symlink("../../../kept", path + "/tree/a/b/link") == 0)
            #expect(symlink("nowhere", path + "/tree/dangling") == 0)
            try Files.writeAtomically([1], to: path + "/tree/file")
            try Files.removeTree(path + "/tree")
            #expect(!Files.exists(path + "/tree"))
            #expect(Files.exists(path + "/kept/inner") && Files.exists(path + "/kept/file"))
            #expect(symlink(path + "/kept", path + "/link") == 0)
            try Files.removeTree(path + "/link")
            #expect(!Files.exists(path + "/link") && Files.exists(path + "/kept/file"))
            try Files.removeTree(path + "/missing")
        }
    }

    @Test func treesDeeperThanTheDescriptorsAreRemoved() async throws {
        try await withDirectory { path in
            var directory = try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY).take()
            for _ in 0..<1500 {
                #expect(mkdirat(directory, "deeper", 0o755) == 0)
                let next = openat(directory, "deeper", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                close(directory)
                directory = next
            }
            close(directory)
            try Files.removeTree(path + "/deeper")
            #expect(try Files.list(path).isEmpty)
        }
    }

    @Test func namesNeedNotBeText() async throws {
        try await withDirectory { path in
            try Files.makeDirectories(path + "/tree")
            let directory = try OwnedDescriptor.open(path + "/tree", O_RDONLY | O_DIRECTORY)
            let name: [CChar] = [-1, -2, 65, 0]
            let fd = openat(directory.rawValue, name, O_CREAT | O_WRONLY | O_CLOEXEC, 0o644)
            #expect(fd >= 0)
            close(fd)
            try Files.removeTree(path + "/tree")
            #expect(!Files.exists(path + "/tree"))
        }
    }
}

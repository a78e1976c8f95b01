import Glibc
@testable import LinuxSystem
import Testing

@Suite(.enabled(if: geteuid() == 0, "mounting needs root"))
struct OverlayMountTests {
    /// Sixty layers are more than one option's value holds.
    private func layers(in path: String) throws -> [String] {
        try (0..<60).map { number in
            let layer = "\(path)/layers/\(number)"
            try Files.makeDirectories(layer)
            try Files.writeAtomically([UInt8(number)], to: "\(layer)/file-\(number)")
            try Files.writeAtomically([UInt8(number)], to: "\(layer)/top")
            return layer
        }
    }

    private func check(_ root: borrowing OwnedDescriptor) throws {
        #expect(try root.entries().count == 61)
        #expect(try root.open(at: "top").readAll() == [0])
    }

    @Test func manyLayersAreJoined() async throws {
        try await withDirectory { path in
            try check(try DetachedMount.overlay(lower: layers(in: path)))
        }
    }

    @Test func kernelsThatTakeAllLayersInOneOptionJoinThemToo() async throws {
        try await withDirectory { path in
            let lower = try layers(in: path)
            try check(try DetachedMount.joined(lower, [], nil, isWritable: false))
            let (upper, work) = ("\(path)/upper", "\(path)/work")
            try Files.makeDirectories(upper)
            try Files.makeDirectories(work)
            do {
                let options = ["upperdir", upper, "workdir", work, "redirect_dir", "off"]
                let root = try DetachedMount.joined(lower, options, "volatile", isWritable: true)
                try check(root)
                #expect(unlinkat(root.rawValue, "file-7", 0) == 0)
            }
            #expect(try Files.status("\(upper)/file-7")?.kind == .characterDevice)
            // Nothing is seen of it where the layers are.
            #expect(try Files.list(lower[0]).count == 2)
        }
    }

    @Test func aLayerThatComesTwiceIsJoinedOnce() async throws {
        try await withDirectory { path in
            let lower = try layers(in: path)
            try check(try DetachedMount.overlay(lower: lower + lower.suffix(3)))
        }
    }

    @Test func whatCannotBeMountedIsTold() async throws {
        try await withDirectory { path in
            #expect(throws: SystemError.self) {
                _ = try DetachedMount.overlay(lower: [path + "/nowhere", path])
            }
        }
    }
}

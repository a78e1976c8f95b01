@testable import Build
import Engine
import Glibc
import Testing

struct FileModeTests {
    @Test(arguments: [
        ("755", 0o100644, 0o755), ("0644", 0o104755, 0o644), ("4755", 0o100600, 0o4755), ("0", 0o100644, 0),
        ("u+x", 0o100644, 0o744), ("go-rwx", 0o100755, 0o700), ("a=r", 0o100777, 0o444),
        ("u=rwX,go=rX", 0o100600, 0o644),
        ("u=rwX,go=rX", 0o040700, 0o755), ("u=rwX,go=rX", 0o100744, 0o755), ("+x", 0o100644, 0o755),
        ("+w", 0o100444, 0o644), ("g=u", 0o100640, 0o660), ("u+s,g+s", 0o100755, 0o6755), ("o+t", 0o040777, 0o1777),
        ("u=rw,u+x", 0o100000, 0o700), ("u-w+x", 0o100600, 0o500), ("o=", 0o100777, 0o770),
    ]) func modesAreAppliedAsChmodDoes(text: String, before: Int, after: Int) throws {
        #expect(try FileMode(text).applied(to: mode_t(before)) == mode_t(after))
    }

    @Test(arguments: ["", "8", "99999", "u", "rwx", "u+q", "u+x,", "07778", "a b"])
    func whatIsNoModeIsRefused(text: String) {
        #expect(throws: EngineError.self) { try FileMode(text) }
    }
}

@testable import Build
import Engine
import Glibc
import Images
import LinuxSystem
import Testing

@Suite(.enabled(if: geteuid() == 0, "layers keep owners, which needs root"))
struct FileOutputTests {
    private let bench: CopyBench
    private let output: FileOutput

    init() throws {
        bench = try CopyBench()
        let base = try bench.layer("mkdir -m 700 d; echo 1 > d/f; echo 2 > gone; chown 3:4 d/f; ln -s d/f l; ln d/f h")
        let top = try bench.layer("rm gone; echo 3 > new; chmod 4755 new; touch -d @5 new", on: [base])
        output = FileOutput(store: bench.store, layers: [base, top])
    }

    @Test func filesAreWrittenIntoADirectoryAndWhatIsThereStays() throws {
        try bench.shell("mkdir -p out/d; echo old > out/d/old; ln -s /etc out/new")
        try output.write(toDirectory: "\(bench.path)/context/out")
        #expect(
            try bench.shell(
                "find . -printf '%m %U:%G %P %l\\n' | sort -k3; stat -c %Y new; cat new",
                in: "\(bench.path)/context/out")
                    == """
                    755 0:0  \n700 0:0 d \n644 0:0 d/f \n644 0:0 d/old \n644 0:0 h \n777 0:0 l d/f\n4755 0:0 new \n5\n3\n
                    """)
    }

    @Test func anArchiveHasEverythingWithItsOwners() throws {
        try output.write(toArchive: .path("\(bench.path)/out.tar"))
        let listed = try bench.shell("tar --numeric-owner -tvf ../out.tar | awk '{print $1, $2, $6, $7, $8, $9}'")
        #expect(
            listed.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") } == [
                "drwx------ 0/0 d/", "-rw-r--r-- 3/4 d/f", "hrw-r--r-- 3/4 h link to d/f", "lrwxrwxrwx 0/0 l -> d/f",
                "-rwsr-xr-x 0/0 new",
            ])
        #expect(try bench.shell("ls ..").split(separator: "\n").count { $0.hasSuffix(".tmp") } == 0)
    }
}

import Engine
import Testing

@testable import SpyhopCommands

struct ProcessListingTests {
    @Test func onlyTheContainersProcessesAreLeftAndTheLastColumnKeepsItsSpaces() throws {
        let text = """
              PID USER     COMMAND
                1 root     init
               42 nobody   sh -c  echo 1
               43 root     sleep 9

            """
        let table = try ProcessListing.table(text, of: ["42", "43"])
        #expect(table.titles == ["PID", "USER", "COMMAND"])
        #expect(table.rows == [["42", "nobody", "sh -c  echo 1"], ["43", "root", "sleep 9"]])
    }

    @Test(arguments: ["", "USER COMMAND\nroot init\n"])
    func withoutPidsThereIsNothingToTellThemBy(text: String) {
        #expect(throws: EngineError.self) { try ProcessListing.table(text, of: ["1"]) }
    }

    @Test func identifiersComeFromTheColumnOfThatName() {
        let table = ProcessTable(titles: ["UID", "PID"], rows: [["0", "7"], ["0", "8"]])
        #expect(ProcessListing.pids(in: table) == ["7", "8"])
        #expect(ProcessListing.pids(in: ProcessTable(titles: ["UID"], rows: [["0"]])).isEmpty)
    }
}

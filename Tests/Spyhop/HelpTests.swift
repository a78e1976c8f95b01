import ArgumentParser
import Testing

@testable import SpyhopCommands

struct HelpTests {
    @Test func everyCommandHasAUsageLineThatFitsAndItsOwnOptionsFirst() throws {
        for type in RootCommand.configuration.subcommands + ContainerCommand.configuration.subcommands
            + ImageCommand.configuration.subcommands where type.configuration.shouldDisplay
        {
            let text = HelpText.arrange(RootCommand.helpMessage(for: type))
            let usage = text.split(separator: "\n").filter { $0.hasPrefix("USAGE: ") }
            #expect(usage.count == 1 && usage.allSatisfy { $0.count <= 100 }, "\(type): \(usage)")
            let headings = text.split(separator: "\n").filter { $0.hasSuffix("OPTIONS:") }
            #expect(headings.last == "ENGINE OPTIONS:" || !headings.contains("ENGINE OPTIONS:"), "\(type)")
        }
    }

    @Test(arguments: ["run", "create", "exec", "top"])
    func helpIsHelpEvenWhereWordsArePassedOn(command: String) {
        for words in [[command, "--help"], ["help", command], ["container", command, "--help"]] {
            do {
                _ =
                    try RootCommand.parseAsRoot(OptionWords.normalise(words))
                    as? any SpyhopCommand
                    ?? { throw CleanExit.helpRequest() }()
                Issue.record("\(words) is no call for help")
            } catch {
                #expect(RootCommand.exitCode(for: error).isSuccess)
                if words.last == "--help" {
                    #expect(RootCommand.fullMessage(for: error).contains("USAGE: spyhop \(command)"))
                }
            }
        }
    }

    @Test func arrangingKeepsEveryLine() {
        let text = "OVERVIEW: X\n\nENGINE OPTIONS:\n  --root\n\nOPTIONS:\n  -a\n"
        #expect(HelpText.arrange(text) == "OVERVIEW: X\n\nOPTIONS:\n  -a\n\nENGINE OPTIONS:\n  --root\n")
        #expect(HelpText.arrange("OVERVIEW: X\n") == "OVERVIEW: X\n")
        #expect(
            HelpText.arrange("USAGE: x\n\nARGUMENTS:\n  a\n\nCACHE:\n  c\n\nENGINE OPTIONS:\n  e\n\nOPTIONS:\n  o\n")
                == "USAGE: x\n\nARGUMENTS:\n  a\n\nOPTIONS:\n  o\n\nCACHE:\n  c\n\nENGINE OPTIONS:\n  e\n")
        #expect(
            HelpText.arrange("ENGINE OPTIONS:\n  e\n\nOPTIONS:\n  o\n\nSUBCOMMANDS:\n  s\n")
                == "OPTIONS:\n  o\n\nENGINE OPTIONS:\n  e\n\nSUBCOMMANDS:\n  s\n")
    }
}

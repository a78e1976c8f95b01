import ArgumentParser

/// `image`: docker's longer spelling of the commands.
struct ImageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image", abstract: "The image commands under docker's longer names.",
        subcommands: [
            ImageListCommand.self, BuildCommand.self, ImageRemoveCommand.self, ImageInspectCommand.self,
            ImagePruneCommand.self, ImageCopyCommand.self,
            ImageVerifyCommand.self, HistoryCommand.self, ImageTreeCommand.self, ImageLayersCommand.self,
            ImageDiffCommand.self, ImageCatCommand.self, ImageFilesCommand.self,
            PullCommand.self, PushCommand.self, TagCommand.self, SaveCommand.self, LoadCommand.self, ImportCommand.self,
        ])
}

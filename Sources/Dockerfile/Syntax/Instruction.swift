/// One instruction with all its lines.
public struct Instruction: Sendable, Hashable {
    /// What it says. Words are as they are written: quotes and variables stand in them.
    public indirect enum Kind: Sendable, Hashable {
        case add(FileCopy)
        case arg([ArgumentDeclaration])
        case cmd(CommandLine)
        case copy(FileCopy)
        case entrypoint(CommandLine)
        case env([KeyValue])
        case expose([String])
        case healthcheck(HealthcheckInstruction)
        case label([KeyValue])
        case maintainer(String)
        /// The trigger's text, and the trigger read.
        case onbuild(String, Instruction)
        case run(RunInstruction)
        case shell([String])
        case stopsignal(String)
        case user(String)
        case volume([String])
        case workdir(String)
    }

    /// What it says.
    public var kind: Kind
    /// Where it stands.
    public var range: SourceRange
    /// Its lines joined, comments between them left out, as docker's history shows it: `RUN make  install`.
    public var original: String
    /// The comment above it.
    public var comment: String?

    /// Makes an instruction.
    public init(kind: Kind, range: SourceRange, original: String, comment: String? = nil) {
        self.kind = kind
        self.range = range
        self.original = original
        self.comment = comment
    }
}

/// A name and its value, both as written.
public struct KeyValue: Sendable, Hashable {
    /// Before the equals sign.
    public var key: String
    /// Behind it.
    public var value: String
    /// It was written with a space instead of an equals sign.
    public var isLegacy: Bool

    /// Makes a pair.
    public init(key: String, value: String, isLegacy: Bool = false) {
        self.key = key
        self.value = value
        self.isLegacy = isLegacy
    }
}

/// One name of an ARG.
public struct ArgumentDeclaration: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The default as written; `nil` without one.
    public var value: String?
    /// The comment above it.
    public var comment: String?

    /// Makes a declaration.
    public init(name: String, value: String?, comment: String? = nil) {
        self.name = name
        self.value = value
        self.comment = comment
    }
}

/// A command in one of its two forms.
public enum CommandLine: Sendable, Hashable {
    /// For a shell.
    case shell(String)
    /// A program and its arguments.
    case exec([String])
}

/// Text in the Dockerfile itself that stands for a file.
public struct HereDocument: Sendable, Hashable {
    /// The word that ends it.
    public var name: String
    /// The text, with a line's end behind every line; leading tabs are taken away already where `<<-` asked for it.
    public var content: String
    /// Variables in it are expanded: its name was not quoted.
    public var expands: Bool
    /// The descriptor before `<<`: 0 unless another is named.
    public var fileDescriptor: Int
    /// The text as the file has it, leading tabs and all; history shows it so.
    public var original: String

    /// Makes a document.
    public init(name: String, content: String, expands: Bool, fileDescriptor: Int = 0, original: String? = nil) {
        self.original = original ?? content
        self.name = name
        self.content = content
        self.expands = expands
        self.fileDescriptor = fileDescriptor
    }
}

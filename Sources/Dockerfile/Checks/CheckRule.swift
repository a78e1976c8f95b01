/// A rule, under the name that BuildKit's build checks give it.
enum CheckRule: String, CaseIterable {
    case stageNameCasing = "StageNameCasing"
    case fromAsCasing = "FromAsCasing"
    case noEmptyContinuation = "NoEmptyContinuation"
    case consistentInstructionCasing = "ConsistentInstructionCasing"
    case duplicateStageName = "DuplicateStageName"
    case reservedStageName = "ReservedStageName"
    case jsonArgsRecommended = "JSONArgsRecommended"
    case maintainerDeprecated = "MaintainerDeprecated"
    case undefinedArgInFrom = "UndefinedArgInFrom"
    case workdirRelativePath = "WorkdirRelativePath"
    case undefinedVar = "UndefinedVar"
    case multipleInstructionsDisallowed = "MultipleInstructionsDisallowed"
    case legacyKeyValueFormat = "LegacyKeyValueFormat"
    case redundantTargetPlatform = "RedundantTargetPlatform"
    case secretsUsedInArgOrEnv = "SecretsUsedInArgOrEnv"
    case invalidDefaultArgInFrom = "InvalidDefaultArgInFrom"
    case fromPlatformFlagConstDisallowed = "FromPlatformFlagConstDisallowed"
    case copyIgnoredFile = "CopyIgnoredFile"
    case invalidDefinitionDescription = "InvalidDefinitionDescription"
    case exposeProtoCasing = "ExposeProtoCasing"
    case exposeInvalidFormat = "ExposeInvalidFormat"
    case invalidBaseImagePlatform = "InvalidBaseImagePlatform"

    /// It runs only when `# check=experimental=…` asks for it.
    var isExperimental: Bool { self == .copyIgnoredFile || self == .invalidDefinitionDescription }

    /// What the rule wants, in general.
    var description: String {
        switch self {
        case .stageNameCasing: "names of stages are written in lower case"
        case .fromAsCasing: "FROM and AS are written in the same case"
        case .noEmptyContinuation: "an empty line does not belong among the lines of one instruction"
        case .consistentInstructionCasing: "all instructions of a file are written in the same case"
        case .duplicateStageName: "no two stages have the same name"
        case .reservedStageName: "words that mean something by themselves are no names of stages"
        case .jsonArgsRecommended: "CMD and ENTRYPOINT in JSON form get the signals that a shell would keep from them"
        case .maintainerDeprecated: "MAINTAINER is out of use; a label names the author"
        case .undefinedArgInFrom: "FROM uses ARGs that are declared before the first FROM"
        case .workdirRelativePath: "a relative WORKDIR with no absolute one before it depends on the base image"
        case .undefinedVar: "variables are defined before they are used"
        case .multipleInstructionsDisallowed: "of these instructions a stage has one; only the last one counts"
        case .legacyKeyValueFormat: "names and values are written with an equals sign between them"
        case .redundantTargetPlatform: "--platform=$TARGETPLATFORM is what FROM does anyway"
        case .secretsUsedInArgOrEnv: "secrets do not belong in ARG or ENV: they stay in the image"
        case .invalidDefaultArgInFrom: "FROM names an image even when no build argument is given"
        case .fromPlatformFlagConstDisallowed: "--platform of FROM is no fixed value, so that the image fits its target"
        case .copyIgnoredFile: "what is copied is not left out by .dockerignore"
        case .invalidDefinitionDescription:
            "a comment right above a stage or an ARG begins with its name; an empty line parts it from other comments"
        case .exposeProtoCasing: "protocols of EXPOSE are written in lower case"
        case .exposeInvalidFormat: "EXPOSE names ports of the container, and neither addresses nor ports of the host"
        case .invalidBaseImagePlatform: "the base image is one of the platform that is built for"
        }
    }

    /// Where Docker's documentation explains the rule.
    var url: String {
        var slug = ""
        for character in rawValue.replacing("JSONArgs", with: "JsonArgs") {
            if character.isUppercase, !slug.isEmpty { slug += "-" }
            slug += character.lowercased()
        }
        return "https://docs.docker.com/go/dockerfile/rule/\(slug)/"
    }
}

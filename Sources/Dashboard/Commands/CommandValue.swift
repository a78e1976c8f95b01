/// A value that a command's line can ask for, as `{{.Container.Name}}`; the command finds it in its environment as well.
public enum CommandValue: Sendable, Hashable {
    case containerName, containerID, containerImage, containerState
    case imageName, imageID
    case networkName, networkID
    case volumeName
    /// The engine's directories, and this program.
    case root, runRoot, program
    case input(String)

    /// Those of a scope.
    static func allCases(of scope: CustomCommand.Scope) -> [CommandValue] {
        let own: [CommandValue] =
            switch scope {
            case .container: [.containerName, .containerID, .containerImage, .containerState]
            case .image: [.imageName, .imageID]
            case .network: [.networkName, .networkID]
            case .volume: [.volumeName]
            case .everywhere: []
            }
        return own + [.root, .runRoot, .program]
    }

    /// As a line spells it, without the braces.
    public var name: String {
        switch self {
        case .containerName: ".Container.Name"
        case .containerID: ".Container.ID"
        case .containerImage: ".Container.Image"
        case .containerState: ".Container.State"
        case .imageName: ".Image.Name"
        case .imageID: ".Image.ID"
        case .networkName: ".Network.Name"
        case .networkID: ".Network.ID"
        case .volumeName: ".Volume.Name"
        case .root: ".Root"
        case .runRoot: ".RunRoot"
        case .program: ".Spyhop"
        case .input(let name): ".Input.\(name)"
        }
    }

    /// The variable in the command's environment.
    public var variable: String {
        switch self {
        case .containerName: "SPYHOP_CONTAINER"
        case .containerID: "SPYHOP_CONTAINER_ID"
        case .containerImage: "SPYHOP_CONTAINER_IMAGE"
        case .containerState: "SPYHOP_CONTAINER_STATE"
        case .imageName: "SPYHOP_IMAGE"
        case .imageID: "SPYHOP_IMAGE_ID"
        case .networkName: "SPYHOP_NETWORK"
        case .networkID: "SPYHOP_NETWORK_ID"
        case .volumeName: "SPYHOP_VOLUME"
        // What spyhop itself reads: one that the command starts works on the same engine.
        case .root: "SPYHOP_ROOT"
        case .runRoot: "SPYHOP_RUN_ROOT"
        case .program: "SPYHOP_PROGRAM"
        case .input(let name): "SPYHOP_INPUT_\(name.uppercased())"
        }
    }
}

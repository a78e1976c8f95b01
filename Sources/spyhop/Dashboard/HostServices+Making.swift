import Dashboard
import Engine

extension HostServices {
    /// What this program does for the dashboard with files and programs of this machine.
    static func make(
        _ environment: ProcessEnvironment, _ engine: @escaping @Sendable () throws -> any ContainerEngine
    ) -> HostServices {
        var host = HostServices()
        host.describe = { inspected in
            switch inspected {
            case .container(let details): ContainerInspection.value(details).compact
            case .image(let details): ImageInspection.value(details).compact
            case .network(let network): NetworkObject.value(network).compact
            case .volume(let volume): VolumeObject.value(volume).compact
            }
        }
        let editor = ContainerEditor(environment: environment, engine: engine)
        host.editFile = { await editor.edit($0) }
        host.writeDraft = { await editor.overwrite($0, $1) }
        let transport = FileTransport(environment: environment, engine: engine)
        host.downloadFile = { await transport.download($0, $1, to: $2, telling: $3) }
        host.uploadFile = { await transport.upload($0, $1, to: $2, telling: $3) }
        return host
    }
}

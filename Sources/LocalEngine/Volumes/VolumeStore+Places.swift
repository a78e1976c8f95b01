import Engine
import Glibc
import LinuxSystem
import OCI
import Runtime

extension VolumeStore {
    /// Where a recorded volume is filled from an image; `nil` for what comes and goes with each container or brings its
    /// own content.
    func fillable(_ record: VolumeRecord) throws(EngineError) -> VolumePlace? {
        switch try VolumeBacking(record.options) {
        case .directory: return place(record.name)
        case .bind(let path, let options):
            guard Files.exists(path) else {
                throw EngineError(.notFound, "volume \(record.name) is bound to \(path), which does not exist")
            }
            return options.contains("ro") ? nil : VolumePlace(data: path, staging: path)
        case .memory, .device: return nil
        }
    }

    /// How a container mounts a volume.
    func mount(_ record: VolumeRecord, _ volume: MountSpec.VolumeMount, _ mount: MountSpec) throws(EngineError) -> Mount
    {
        let access = mount.readOnly ? "ro" : "rw"
        let target = SpecBuilder.normalized(mount.target)
        switch try VolumeBacking(record.options) {
        case .directory:
            try inWords("make volume \(record.name)") { () throws(SystemError) in
                try prepare(record.name)
                try place(record.name).finishInterrupted()
            }
            return Mount(
                destination: target, type: "bind", source: data(record.name),
                options: ["rbind", "rprivate", access] + (try within(volume, of: data(record.name))))
        case .bind(let path, let options):
            guard Files.exists(path) else {
                throw EngineError(.notFound, "volume \(record.name) is bound to \(path), which does not exist")
            }
            return Mount(
                destination: target, type: "bind", source: path,
                options: ["rbind", "rprivate"] + options + (mount.readOnly ? ["ro"] : [])
                    + (try within(volume, of: path)))
        case .memory(let options):
            return Mount(
                destination: target, type: "tmpfs", source: "tmpfs", options: ["nosuid", "nodev"] + options + [access])
        case .device(let path, let type, let options):
            return Mount(
                destination: target, type: type, source: path, options: options + (mount.readOnly ? ["ro"] : []))
        }
    }

    /// What is bound is looked up once more when it is, with the volume as the root of every link: this look only finds
    /// the words for what is not there.
    private func within(_ volume: MountSpec.VolumeMount, of path: String) throws(EngineError) -> [String] {
        guard let subpath = volume.subpath else { return [] }
        do throws(SystemError) {
            let top = try OwnedDescriptor.open(path, OwnedDescriptor.pathOnly | O_DIRECTORY)
            _ = try top.open(at: subpath, OwnedDescriptor.pathOnly, resolve: [.inRoot, .noMagicLinks])
        } catch {
            throw EngineError(
                .notFound, "cannot mount \(subpath) of volume \(volume.name ?? ""): \(error.reason)",
                hint: "it must be there before the container starts")
        }
        return [SpecBuilder.subpath + subpath]
    }
}

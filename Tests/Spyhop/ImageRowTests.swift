import Engine
import Testing

@testable import SpyhopCommands

struct ImageRowTests {
    private static let one = "sha256:" + String(repeating: "1", count: 64)
    private static let two = "sha256:" + String(repeating: "2", count: 64)

    private func places(_ tags: [String], _ digests: [String], withDigests: Bool = true) throws -> [String] {
        let image = Image(
            id: ImageID(rawValue: "sha256:" + String(repeating: "a", count: 64)), tags: tags, digest: Self.one,
            createdAt: nil, size: 0, architecture: "amd64", os: "linux", layerCount: 1, repoDigests: digests)
        let template = try Template("{{.Repository}} {{.Tag}} {{.Digest}}")
        return try ImageRow.rows(image, now: Timestamp(seconds: 0), truncate: true, withDigests: withDigests).map {
            try $0.render(template)
        }
    }

    @Test func anImageThatMetNoRegistryHasNoDigest() throws {
        #expect(try places(["app:1"], []) == ["app 1 <none>"])
        #expect(try places([], []) == ["<none> <none> <none>"])
    }

    @Test func digestsBelongToTheirRepository() throws {
        #expect(
            try places(["app:1", "app:2", "other:1"], ["app@\(Self.one)"]) == [
                "app 1 \(Self.one)", "app 2 \(Self.one)", "other 1 <none>",
            ])
        #expect(
            try places(["app:1"], ["app@\(Self.one)", "app@\(Self.two)"]) == [
                "app 1 \(Self.one)", "app 1 \(Self.two)",
            ])
        #expect(try places(["app:1"], ["app@\(Self.one)", "app@\(Self.two)"], withDigests: false).count == 1)
    }

    @Test func aRepositoryThatKnowsTheImageByDigestAloneHasARowWithoutATag() throws {
        #expect(try places([], ["host:5000/app@\(Self.one)"]) == ["host:5000/app <none> \(Self.one)"])
        #expect(
            try places(["app:1"], ["other@\(Self.one)"], withDigests: false) == [
                "app 1 <none>", "other <none> \(Self.one)",
            ])
    }

    @Test func inspectTellsDigestsOfRegistriesOnly() {
        let image = Image(
            id: ImageID(rawValue: Self.two), tags: ["app:1"], digest: Self.one, createdAt: nil, size: 0,
            architecture: "amd64", os: "linux", layerCount: 0)
        let details = ImageDetails(
            image: image, entrypoint: [], command: [], environment: [], workingDirectory: "", user: "", stopSignal: nil,
            layers: [], author: nil)
        #expect(ImageInspection.value(details).member("RepoDigests") == .array([]))
    }

    @Test func verificationTellsWhatIsWrongAndWhatWasDone() throws {
        let fault = { (isRepaired: Bool, failure: String?) in
            ImageVerification.Fault(
                description: "the layer's blob: it is missing", digest: Self.one, isRepaired: isRepaired,
                failure: failure)
        }
        var result = ImageVerification(id: ImageID(rawValue: Self.two), name: "app:1", checked: 3, faults: [])
        let template = try Template(VerificationRow.defaultTable)
        #expect(try VerificationRow.row(result).render(template) == "app:1\t222222222222\t3\tok")
        result.faults = [fault(true, nil)]
        #expect(try VerificationRow.row(result).render(template).hasSuffix("repaired (1)"))
        result.faults.append(fault(false, "no registry is known that has it"))
        #expect(try VerificationRow.row(result).render(template).hasSuffix("damaged (1)"))
        #expect(
            VerificationRow.faultLines(result) == [
                "app:1: the layer's blob: it is missing (\(Self.one)): repaired",
                "app:1: the layer's blob: it is missing (\(Self.one)): not repaired: no registry is known that has it",
            ])
    }
}

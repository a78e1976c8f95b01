import Engine

@testable import Dashboard

/// The harbour's layers, and what comes and goes.
extension Scenery {
    static func digest(_ number: Int) -> String { imageID(number + 0x1000).rawValue }

    private static func file(
        _ path: String, _ size: Int64 = 0, _ change: LayerFile.Change = .added, kind: LayerFile.Kind = .file,
        mode: UInt16? = nil, uid: UInt32 = 0, target: String? = nil
    ) -> LayerFile {
        LayerFile(
            path: path, kind: kind, change: change, size: size, mode: mode ?? (kind == .directory ? 0o755 : 0o644),
            uid: uid, gid: uid, target: target)
    }

    private static func directory(_ path: String, _ change: LayerFile.Change = .added) -> LayerFile {
        file(path, 0, change, kind: .directory)
    }

    /// Two layers: a root, and a second one that changes, removes and adds.
    static var layers: ImageLayers {
        let base = [
            directory("bin"), file("bin/busybox", 1_100_000, mode: 0o755),
            file("bin/sh", kind: .symbolicLink, mode: 0o777, target: "busybox"),
            directory("etc"), file("etc/motd", 400), file("etc/passwd", 340), directory("etc/ssl"),
            directory("etc/ssl/certs"), file("etc/ssl/certs/ca.pem", 220_000),
            directory("srv"), directory("tmp"), file("tmp/cache.bin", 2_600_000),
        ]
        let second = [
            directory("etc", .unchanged), file("etc/motd", 380, .modified), directory("srv", .unchanged),
            directory("srv/www"), file("srv/www/index.html", 5120, uid: 33),
            file("srv/www/whale.svg", 41_000, uid: 33), directory("tmp", .unchanged),
            file("tmp/cache.bin", 2_600_000, .removed),
        ]
        return ImageLayers(
            image: images[0],
            layers: [
                ImageLayer(
                    diffID: digest(1), digest: digest(0x11), size: 3_920_740,
                    createdBy: "ADD rootfs.tar.gz / # buildkit", files: base),
                ImageLayer(
                    diffID: digest(2), digest: digest(0x12), size: 46_500,
                    createdBy: "RUN /bin/sh -c rm /tmp/cache.bin && install-site # buildkit", files: second),
            ],
            waste: [
                ImageLayers.Waste(path: "tmp/cache.bin", count: 2, bytes: 2_600_000),
                ImageLayers.Waste(path: "etc/motd", count: 2, bytes: 400),
            ])
    }

    static var history: [ImageHistoryEntry] {
        func step(_ text: String, _ size: Int64, _ layer: String?, hours: Int) -> ImageHistoryEntry {
            ImageHistoryEntry(
                imageID: nil, createdAt: now.advanced(by: .seconds(-3600 * hours)), createdBy: text, size: size,
                comment: "", tags: [], layer: layer)
        }
        var newest = step("CMD [\"httpd\" \"-f\"]", 0, nil, hours: 24)
        newest.imageID = imageID(0)
        newest.tags = ["demo:latest"]
        return [
            newest, step("ENV MODE=demo", 0, nil, hours: 24),
            step("RUN /bin/sh -c rm /tmp/cache.bin && install-site # buildkit", 46_500, digest(2), hours: 24),
            step("ADD rootfs.tar.gz / # buildkit", 3_920_740, digest(1), hours: 48),
        ]
    }

    static var imageTree: [ImageTreeNode] {
        [
            ImageTreeNode(
                layers: [digest(1)], size: 3_920_740, totalSize: 3_920_740, images: [images[1]],
                children: [
                    ImageTreeNode(
                        layers: [digest(2)], size: 46_500, totalSize: 3_967_240, images: [images[0]], children: [])
                ])
        ]
    }

    // MARK: Transfers

    static func blob(_ number: Int, _ size: Int64, _ done: Int64, _ phase: BlobProgress.Phase) -> BlobProgress {
        BlobProgress(digest: digest(number), size: size, done: done, phase: phase)
    }

    static var pullEvents: [TransferEvent] {
        [
            .began(reference: "docker.io/library/sea:2"),
            .manifest(
                digest: digest(0xff),
                blobs: [
                    blob(0x21, 30_000_000, 0, .waiting), blob(0x22, 8_000_000, 0, .waiting),
                    blob(0x23, 2_000_000, 0, .waiting), blob(0x24, 500_000, 0, .waiting),
                ]),
            .blob(blob(0x21, 30_000_000, 12_000_000, .downloading)),
            .blob(blob(0x22, 8_000_000, 8_000_000, .extracting)),
            .blob(blob(0x23, 2_000_000, 2_000_000, .exists)),
            .blob(blob(0x24, 500_000, 100_000, .retrying(reason: "the registry broke off"))),
        ]
    }

    static var pushEvents: [TransferEvent] {
        [
            .began(reference: "localhost:5000/demo:latest"),
            .manifest(digest: digest(0xfe), blobs: [blob(0x11, 1_500_000, 0, .waiting)]),
            .blob(blob(0x11, 1_500_000, 750_000, .uploading)),
        ]
    }

    static func pulled(_ reference: String) -> PulledImage {
        PulledImage(
            reference: reference, fullReference: "docker.io/library/\(reference)", id: imageID(9), digest: digest(0xff),
            isUpToDate: false)
    }

    static var found: [FoundRepository] {
        [
            FoundRepository(
                name: "busybox", description: "Busybox base image.", stars: 3400, isOfficial: true, isAutomated: false),
            FoundRepository(
                name: "someone/busybox", description: "with curl", stars: 12, isOfficial: false, isAutomated: true),
        ]
    }

    /// A pull under way, one that has failed and a push that is done, with their panel open.
    static func transfer(_ state: inout DashboardState) {
        let beginning = ContinuousClock.now
        func report(_ events: [TransferEvent]) -> TransferReport {
            let feed = TransferFeed()
            for event in events { feed.take(event, at: beginning) }
            return feed.next(at: beginning.advanced(by: .seconds(2))) ?? TransferReport()
        }
        let push = state.transfers.begin(.push(tagging: nil), "localhost:5000/demo:latest")
        _ = state.update(.transfer(push.id, report(pushEvents)))
        _ = state.update(.transferEnded(push.id, .success("pushed localhost:5000/demo:latest")))
        let failed = state.transfers.begin(.pull, "nowhere.example/sea")
        let error = EngineError(
            .unreachable, "cannot reach the registry nowhere.example: no such host",
            hint: "check the name and the network")
        _ = state.update(.transferEnded(failed.id, .failure(error)))
        let pull = state.transfers.begin(.pull, "sea:2")
        _ = state.update(.transfer(pull.id, report(pullEvents)))
        state.transfers.isShown = true
        _ = state.update(.transfer(pull.id, report(pullEvents + [.notice("12 of 100 pulls are left today")])))
    }
}

import Engine
import Terminal

@testable import Dashboard

/// Messages that nobody has asked for, about things that may be there.
extension FuzzRandom {
    /// What came of an effect; `nil` for those that have no answer.
    mutating func answers(to effect: Effect) -> [Message]? {
        switch effect {
        case .inspect(let id): [.details(id, result(details()))]
        case .inspectImage(let id): [.imageDetails(id, result(imageDetails()))]
        case .perform(let operation, let targets):
            [.performed(operation, targets.map { Message.Outcome(id: $0.id, name: $0.name, error: failure()) })]
        case .removeImages(let targets, _), .pruneImages(let targets):
            [.imagesRemoved(targets.map { Message.ImageOutcome(id: $0.id, name: $0.name, error: failure()) })]
        case .tagImage(let target, let name): [.imageTagged(target, name, failure())]
        case .explore(let id):
            [
                .imageHistory(id, result((0..<below(20)).map { _ in historyEntry() })),
                .imageFiles(id, result(ImageFiles(layers()))),
            ]
        case .prepareFiles(let request): request.prepared().map { [.filesPrepared(request, $0)] }
        case .transfer(let request): [.transfer(request.id, report()), .transferEnded(request.id, result(text()))]
        case .stopTransfer(let id): [.transferEnded(id, .failure(error()))]
        case .searchRegistry(let term): [.found(term, result(repositories()))]
        case .remoteTags(let name): [.remoteTags(name, result((0..<below(60)).map { _ in text(2) }))]
        case .run: [.ran(ran())]
        case .build(let id, _): (0..<below(5)).map { _ in .build(id, build()) }
        case .stopBuild(let id): [.build(id, .ended(.failure(error())))]
        case .change(let change):
            [.changed(change, (0..<below(3)).map { _ in ResourceChange.Outcome(name: text(2), error: failure()) })]
        case .shell, .attach, .enterStep: [.shellEnded(chance(2) ? text() : nil)]
        case .browse(let address): [.browsed(address, browsed())]
        case .dump: [.dumped(result(text()))]
        case .pinned(let pane, let effect): answers(to: effect)?.map { .pinned(pane, $0) }
        default: nil
        }
    }

    /// Something from outside.
    mutating func surprise(_ containers: [Container], settings: DashboardSettings) -> Message {
        let container = pick(containers)
        let id = container?.id ?? Scenery.id(below(9))
        let image = Scenery.imageID(below(9))
        switch below(30) {
        case 0: return .paste(chance(30) ? String(repeating: text(), count: 400) : text())
        case 1: return .histories(histories(id))
        case 2: return .traces([id: series()])
        case 3: return .container(id, container.map { result($0) } ?? .failure(error()))
        case 4: return .volumesCounted(result(volumes()))
        case 5: return .eventsRestarted(text())
        case 6: return .details(id, result(details()))
        case 7: return .imageDetails(image, result(imageDetails()))
        case 8: return .shares(result([image: ImageShare(unique: number(), shared: number(), base: text(2))]))
        case 9: return .imageFiles(image, result(ImageFiles(layers())))
        case 10: return .imageHistory(image, result((0..<below(9)).map { _ in historyEntry() }))
        case 11: return .transfer(below(5), report())
        case 12: return .transferEnded(below(5), result(text()))
        case 13: return .build(below(4), build())
        case 14: return .browsed(text(1), browsed())
        case 15: return .shellEnded(chance(2) ? text() : nil)
        case 16: return .dumped(result(text()))
        case 17:
            return .deedEnded(Deed(verb: text(1), target: text(), command: text()), failure: chance(2) ? text() : nil)
        case 18: return .news(news(settings))
        case 19: return .pinned(pick(PaneList.all.map { $0.pane }) ?? .containers, .details(id, result(details())))
        case 20: return .notice(chance(2) ? .failure : .information, text())
        case 21: return .performed(.stop, [Message.Outcome(id: id, name: text(), error: failure())])
        case 22: return .imagesRemoved([Message.ImageOutcome(id: image, name: text(), error: failure())])
        case 23: return .found(text(1), result(repositories()))
        case 24: return .remoteTags(text(1), result((0..<below(60)).map { _ in text(2) }))
        case 25: return .imageTagged(Effect.ImageTarget(id: image, name: text(), tags: [text(2)]), text(2), failure())
        case 26:
            return .changed(.removeVolumes([text(2)]), [ResourceChange.Outcome(name: text(2), error: failure())])
        case 27, 28: return answer(about: id)
        default: return .containers(.failure(error()))
        }
    }

    /// An answer that nobody waits for any more, of the kinds that come seldom.
    private mutating func answer(about id: ContainerID) -> Message {
        switch below(5) {
        case 0:
            let kind = pick(UsageRows.Kind.allCases) ?? .images
            return .answer(
                .diskUsage, PruneUsage.Answer(kind: kind, removed: below(9), failed: below(9), error: failure()))
        case 1: return .answer(.limits, UpdateLimits.Answer(container: id, result: result([text()])))
        case 2: return .answer(.alerts, RunAlertCommand.Answer(failure: chance(2) ? text() : nil))
        case 3: return .answer(.limits, RenameContainer.Answer(old: text(2), new: text(2), error: failure()))
        default: return .answer(.browser, SearchFile.Answer.found(path(), number()))
        }
    }

    private mutating func failure() -> EngineError? { chance(2) ? error() : nil }

    private mutating func series() -> [Double?] { (0..<below(90)).map { _ in chance(6) ? nil : figure() } }

    private mutating func histories(_ id: ContainerID) -> [HistoryQuery: [Double?]] {
        let query = HistoryQuery(
            subject: chance(3) ? .host : .container(id), metric: pick([.cpu, .memory, .anonymous, .swap]) ?? .cpu,
            span: .seconds(1 + below(90_000)), points: 1 + below(200))
        return [query: series()]
    }

    private mutating func news(_ settings: DashboardSettings) -> DashboardNews {
        switch below(3) {
        case 0: return .refused((0..<below(4)).map { _ in text() })
        case 1: return .failure(text())
        default:
            var settings = settings
            settings.problems = (0..<below(3)).map { _ in text() }
            settings.timeFormat = pick([.hours24, .hours12]) ?? .hours24
            settings.layouts = [text(1): text(2)]
            return .settings(settings)
        }
    }

    private mutating func browsed() -> BrowserOutcome {
        pick([.opened(text()), .nowhere(text()), .failed(text())]) ?? .opened("")
    }

    private mutating func ran() -> RunOutcome {
        switch below(3) {
        case 0: .refused([.image: text(), .ports: text()])
        case 1: .failed(error())
        default: .created(Scenery.id(below(9)), failure: failure())
        }
    }

    private mutating func build() -> BuildMessage {
        switch below(6) {
        case 0: return .refused([.context: text(), .tags: text()])
        case 1: return .began
        case 2: return .held(StepFailure(FakeFailedStep(command: [text(), text()], exitCode: Int32(below(300)))))
        case 3:
            return .ended(
                result(BuiltImage(id: Scenery.imageID(below(9)), digest: text(1), names: [text(2), text(2)])))
        default:
            let feed = BuildFeed()
            for _ in 0..<below(20) { feed.take(buildEvent()) }
            return .report(Scenery.report(feed, [], watching: chance(2) ? below(6) : nil))
        }
    }

    private mutating func buildEvent() -> BuildEvent {
        switch below(6) {
        case 0: return .planned((0..<below(9)).map { step($0) })
        case 1: return .step(step(below(9)))
        case 2: return .notice(text())
        case 3:
            return .warning(
                BuildWarning(
                    rule: text(1), description: text(), detail: text(), url: text(1), file: text(2), lines: 1...3,
                    excerpt: [BuildWarning.ExcerptLine(number: below(9), text: text(), isMarked: chance(2))]))
        default: return .output(step: below(9), chance(2) ? .stdout : .stderr, line() + [0x0A])
        }
    }

    private mutating func step(_ id: Int) -> BuildStep {
        let states: [BuildStep.State] = [
            .waiting, .running(since: time()), .cached, .done(nanoseconds: number()), .cancelled,
            .failed(nanoseconds: number(), reason: text()),
        ]
        return BuildStep(
            id: id, name: text(), stage: chance(2) ? text(1) : nil, line: below(99), state: pick(states) ?? .waiting)
    }

    private mutating func report() -> TransferReport {
        let phases: [BlobProgress.Phase] = [
            .waiting, .downloading, .extracting, .retrying(reason: text()), .mounted(from: text()), .done,
        ]
        var report = TransferReport(reference: text(2), notices: [text()], rate: figure())
        report.blobs = (0..<below(30)).map { _ in
            BlobProgress(digest: text(1), size: number(), done: number(), phase: pick(phases) ?? .done)
        }
        return report
    }

    private mutating func repositories() -> [FoundRepository] {
        (0..<below(40)).map { _ in
            FoundRepository(
                name: text(2), description: text(), stars: below(99_999) - 9, isOfficial: chance(2), isAutomated: false)
        }
    }

    private mutating func details() -> ContainerDetails {
        var details = Scenery.details
        details.container = container(below(9))
        details.environment = (0..<below(9)).map { _ in text(2) + "=" + text() }
        (details.workingDirectory, details.user, details.hostname) = (text(2), text(1), text(1))
        (details.logPath, details.upperDirectory, details.lowerDirectories) = (text(2), text(2), [text(2)])
        details.cgroupPaths = [text(1): text(2)]
        details.volumeMountpoints = [text(1): text(2)]
        details.health = HealthReport(
            status: pick([.healthy, .unhealthy, .starting]) ?? .starting, failingStreak: below(9) - 1,
            log: (0..<below(4)).map { _ in health() })
        return details
    }

    private mutating func imageDetails() -> ImageDetails {
        ImageDetails(
            image: pick(images()) ?? Scenery.images[0], entrypoint: [text()], command: [text()],
            environment: (0..<below(5)).map { _ in text(2) + "=" + text() }, workingDirectory: text(2), user: text(1),
            stopSignal: text(1), layers: (0..<below(9)).map { _ in text(1) }, author: text())
    }

    private mutating func historyEntry() -> ImageHistoryEntry {
        ImageHistoryEntry(
            imageID: nil, createdAt: chance(3) ? nil : time(), createdBy: text(), size: number(), comment: text(),
            tags: [text(1)], layer: chance(2) ? text(1) : nil)
    }

    private mutating func layers() -> ImageLayers {
        ImageLayers(
            image: Scenery.images[0],
            layers: (0..<below(4)).map { number in
                ImageLayer(
                    diffID: text(1), digest: text(1), size: self.number(), createdBy: text(),
                    files: (0..<below(40)).map { _ in layerFile() })
            },
            waste: [
                ImageLayers.Waste(path: text(2), count: below(9), bytes: below(3) == 0 ? -1 : Int64(below(1 << 30)))
            ])
    }

    private mutating func layerFile() -> LayerFile {
        LayerFile(
            path: (0..<(1 + below(4))).map { _ in text(1) }.joined(separator: "/"),
            kind: pick([.file, .directory, .symbolicLink, .fifo]) ?? .file,
            change: pick([.added, .modified, .removed, .unchanged]) ?? .added, size: Int64(below(1 << 30)),
            mode: UInt16(below(1 << 16)), uid: UInt32(below(1 << 20)), gid: 0, target: chance(3) ? text(2) : nil)
    }
}

import Engine

@testable import Dashboard

/// Containers, images, networks, volumes and figures as nobody would wish them.
extension FuzzRandom {
    mutating func containers() -> [Container] {
        (0..<(chance(30) ? below(300) : below(12))).map { container($0) }
    }

    mutating func container(_ number: Int) -> Container {
        let exit = ContainerState.Exit(code: Int32(below(300)) - 20, finishedAt: time())
        let states: [ContainerState] = [
            .created, .running(pid: Int32(below(70_000)), startedAt: time()), .paused(pid: 1, startedAt: time()),
            .restarting(last: exit), .exited(exit), .running(pid: 1, startedAt: time()),
        ]
        var container = Scenery.container(
            number, text(), image: text(3), state: pick(states), labels: [text(2): text(3), "app": text(1)],
            limits: ResourceLimits(memory: chance(2) ? Int64(below(1 << 32)) - 5 : nil),
            health: pick([nil, .healthy, .unhealthy, .starting]) ?? nil)
        container.command = (0..<below(4)).map { _ in text(2) }
        if chance(2) { container.mounts = [Scenery.volumeMount(text(2), text(2))] }
        if chance(2) { container.ports = Scenery.webPorts }
        return container
    }

    mutating func images() -> [Image] {
        (0..<below(9)).map { number in
            Image(
                id: chance(9) ? ImageID(rawValue: text(2)) : Scenery.imageID(number),
                tags: (0..<below(3)).map { _ in text(2) }, digest: text(2),
                createdAt: chance(3) ? nil : time(), size: Int64(below(1 << 40)) - 9, architecture: text(1),
                os: text(1), layerCount: below(200) - 3)
        }
    }

    mutating func networks() -> [Network] {
        (0..<below(6)).map { number in
            var spec = NetworkSpec(name: text(2))
            spec.labels = [text(1): text(2)]
            spec.options = [text(1): text(2)]
            return Network(
                id: NetworkID(rawValue: chance(5) ? text(2) : String(number)), createdAt: time(), spec: spec,
                bridge: text(1), endpoints: Scenery.networks.first?.endpoints ?? [])
        }
    }

    mutating func volumes() -> [Volume] {
        (0..<below(6)).map { _ in
            Volume(
                name: text(2), createdAt: time(), driver: text(1), mountpoint: text(3), options: [text(1): text(1)],
                labels: [text(1): text(1)], isAnonymous: chance(2), users: [text(1)],
                size: chance(2) ? nil : Int64(below(1 << 40)) - 9)
        }
    }

    mutating func usage() -> Usage {
        var usage = Usage(time: time())
        (usage.cpu, usage.receiveRate, usage.sendRate) = (figure(), figure(), figure())
        (usage.readRate, usage.writeRate) = (figure(), figure())
        (usage.memory, usage.memoryLimit, usage.pids) = (count(), count(), count())
        usage.isMemoryLimited = chance(2)
        return usage
    }

    mutating func frame(of containers: [Container]) -> StatisticsFrame {
        var usages: [ContainerID: Usage] = [:]
        for container in containers where chance(2) { usages[container.id] = usage() }
        return StatisticsFrame(time: time(), host: usage(), containers: usages)
    }

    mutating func lines() -> [LogLine] {
        (0..<(chance(20) ? below(400) : below(20))).map { _ in
            LogLine(time: time(), stream: chance(3) ? .stderr : .stdout, bytes: line())
        }
    }

    mutating func event(of containers: [Container]) -> Event {
        Event(
            time: time(), type: pick([.container, .image, .network, .volume]) ?? .container,
            action: pick(["start", "die", "destroy", "create", "oom", "rename", "exec_start: " + text(2), text(1)])
                ?? "start",
            actorID: chance(3) ? text(1) : pick(containers)?.id.rawValue ?? "",
            attributes: ["name": text(2), "image": text(2), "exitCode": text(1), text(1): text(2)])
    }
}

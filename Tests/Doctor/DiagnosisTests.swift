import Testing

@testable import Doctor

struct DiagnosisTests {
    private static let calls = [
        "openat2", "clone3", "pidfd", "mount api", "mount_setattr", "seccomp", "seccomp notify",
    ]
    private static let namespaces = ["mount", "pid", "network", "ipc", "uts", "cgroup", "time", "user"]

    /// A host that has everything.
    private static func complete(isRoot: Bool = true) -> HostReport {
        var report = HostReport()
        report.isRoot = isRoot
        report.kernelRelease = "6.1.0-28-amd64"
        report.monitorPath = "/usr/libexec/spyhop/spyhop-monitor"
        for name in calls { report.calls[name] = 0 }
        for name in namespaces { report.namespaces[name] = 0 }
        report.cgroupMode = "v2"
        report.controllers = ["memory", "cpu", "pids", "cpuset", "io", "hugetlb"]
        report.makesCgroups = true
        report.cgroupFiles = ["cgroup.freeze", "cgroup.kill"]
        report.capabilities = .max
        report.fuse.program = "/usr/bin/fuse-overlayfs"
        report.hasSystemd = true
        report.busPath = "/run/dbus/system_bus_socket"
        report.inotify = .init(instances: 128, watches: 100_000)
        report.openFiles = 1 << 20
        report.disk.free = 10 << 30
        report.disk.total = 20 << 30
        if isRoot {
            report.idmappedMount = 0
            report.deviceProgram = 0
            report.network.forwards = true
        } else {
            report.network.pasta = "/usr/bin/pasta"
            report.network.firstPort = 80
            report.grant = .init()
            report.grant?.count = 65_536
        }
        return report
    }

    private static func finding(_ name: String, _ report: HostReport) throws -> Finding {
        try #require(Diagnosis.findings(report).first { $0.name == name }, "no finding \(name)")
    }

    @Test(arguments: [true, false])
    func aCompleteHostHasNoComplaint(isRoot: Bool) {
        let findings = Diagnosis.findings(Self.complete(isRoot: isRoot))
        #expect(findings.filter { $0.verdict != .ok } == [])
        #expect(findings.allSatisfy { $0.remedy == nil })
        #expect(Diagnosis.canRun(findings))
        #expect(Set(findings.map(\.name)).count == findings.count, "a name stands twice")
    }

    @Test(arguments: calls.filter { !["mount_setattr", "seccomp notify"].contains($0) })
    func aKernelWithoutABasicCallRunsNothing(call: String) throws {
        var report = Self.complete()
        report.calls[call] = 38
        let finding = try Self.finding(call, report)
        #expect(finding.verdict == .missing && finding.remedy != nil)
        #expect(!Diagnosis.canRun(Diagnosis.findings(report)))
    }

    @Test(arguments: [
        ("5.10.0-33-amd64", false), ("5.11.0", true), ("6.18.44-x", true), ("4.19", false), ("odd", false),
    ])
    func theKernelsNumberCounts(release: String, isNew: Bool) throws {
        var report = Self.complete()
        report.kernelRelease = release
        #expect(try Self.finding("kernel", report).verdict == (isNew ? .ok : .missing))
    }

    @Test func aUserWithoutNamespacesIsToldTheSwitch() throws {
        var report = Self.complete(isRoot: false)
        report.namespaces["user"] = 1
        report.userNamespaceRefusal = .init(what: "user.max_user_namespaces is 0", remedy: "sysctl -w x=1")
        let finding = try Self.finding("user namespace", report)
        #expect(finding.verdict == .missing && finding.remedy == "user.max_user_namespaces is 0: sysctl -w x=1")
        #expect(!Diagnosis.canRun(Diagnosis.findings(report)))
        report.isRoot = true
        #expect(try Self.finding("user namespace", report).verdict == .limited)
    }

    @Test func aUserWithFewIdsOrAnOldKeeperIsLimited() throws {
        var report = Self.complete(isRoot: false)
        report.grant?.lack = .init(what: "newuidmap is not installed", remedy: "apt-get install uidmap")
        #expect(try Self.finding("subordinate ids", report).remedy == "apt-get install uidmap")
        report.grant?.lack = nil
        report.grant?.count = 10
        report.grant?.stalePID = 77
        #expect(try Self.finding("subordinate ids", report).verdict == .limited)
        #expect(try Self.finding("keeper", report).remedy?.contains("kill 77") == true)
        #expect(Diagnosis.canRun(Diagnosis.findings(report)))
    }

    @Test func cgroupsThatMayNotBeMadeCostLimitsAlone() throws {
        var report = Self.complete(isRoot: false)
        report.makesCgroups = false
        let finding = try Self.finding("delegated cgroup", report)
        #expect(finding.verdict == .limited && finding.remedy?.contains("Delegate=yes") == true)
        #expect(!Diagnosis.findings(report).contains { $0.name.hasPrefix("controller") })
        report.cgroupMode = nil
        #expect(try Self.finding("cgroups", report).verdict == .limited)
        #expect(Diagnosis.canRun(Diagnosis.findings(report)))
    }

    @Test func missingCapabilitiesAreNamedWithWhatTheyAreFor() throws {
        var report = Self.complete()
        report.capabilities = ~(1 << 24)
        let finding = try Self.finding("capabilities", report)
        #expect(finding.verdict == .limited && finding.detail == "without CAP_SYS_RESOURCE")
        #expect(finding.purpose.contains("OOM"))
    }

    @Test func aMissingMonitorAndAFailedOverlayStopEverything() {
        for change in [\HostReport.overlay, \HostReport.proc] {
            var report = Self.complete()
            report[keyPath: change] = 1
            #expect(!Diagnosis.canRun(Diagnosis.findings(report)))
        }
        var report = Self.complete()
        report.monitorPath = nil
        #expect(!Diagnosis.canRun(Diagnosis.findings(report)))
    }

    @Test func aFullDiskAndSmallLimitsAreTold() throws {
        var report = Self.complete()
        report.disk.free = 100 << 20
        report.inotify = .init(instances: 16, watches: 100)
        report.openFiles = 256
        for name in ["disk", "inotify", "open files"] { #expect(try Self.finding(name, report).verdict == .limited) }
    }
}

extension SpecCheck {
    mutating func look(at process: Process, _ at: String) {
        if process.cwd.isEmpty {
            problem(at + "cwd", "required, but empty")
        } else {
            expectAbsolute(process.cwd, at + "cwd")
        }
        for (index, text) in (process.args ?? []).enumerated() { expectText(text, "\(at)args[\(index)]") }
        if process.args?.first?.isEmpty == true { problem(at + "args[0]", "empty") }
        lookAtEnvironment(process.env ?? [], at)
        look(at: process.rlimits ?? [], at)
        lookAtCapabilities(process.capabilities, at)
        if let umask = process.user.umask, umask > 0o777 { problem(at + "user.umask", "more than 0777") }
        if let score = process.oomScoreAdj, !(-1000...1000).contains(score) {
            problem(at + "oomScoreAdj", "\(score) is not within -1000 to 1000")
        }
        if let scheduler = process.scheduler { look(at: scheduler, at + "scheduler") }
        if let priority = process.ioPriority {
            expect(priority.class, among: SpecWords.ioClasses, at + "ioPriority.class")
            if let number = priority.priority, !(0...7).contains(number) {
                problem(at + "ioPriority.priority", "\(number) is not within 0 to 7")
            }
        }
        lookAtAffinity(process.execCPUAffinity?.initial, at + "execCPUAffinity.initial")
        lookAtAffinity(process.execCPUAffinity?.final, at + "execCPUAffinity.final")
        lookAtLabels(process, at)
    }

    private mutating func lookAtEnvironment(_ environment: [String], _ at: String) {
        for (index, text) in environment.enumerated() {
            let place = "\(at)env[\(index)]"
            expectText(text, place)
            guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                problem(place, "'\(text)' is not NAME=value")
                continue
            }
            if equals == text.startIndex { problem(place, "'\(text)' has no name") }
        }
    }

    private mutating func look(at limits: [POSIXRlimit], _ at: String) {
        var seen: Set<String> = []
        for (index, limit) in limits.enumerated() {
            let place = "\(at)rlimits[\(index)]"
            expect(limit.type, among: SpecWords.limits, place + ".type")
            if !seen.insert(limit.type).inserted { problem(place + ".type", "\(limit.type) is there twice") }
            if limit.soft > limit.hard {
                problem(place + ".soft", "\(limit.soft) is more than the hard limit \(limit.hard)")
            }
        }
    }

    private mutating func lookAtCapabilities(_ capabilities: LinuxCapabilities?, _ at: String) {
        let sets = [
            ("bounding", capabilities?.bounding), ("effective", capabilities?.effective),
            ("inheritable", capabilities?.inheritable), ("permitted", capabilities?.permitted),
            ("ambient", capabilities?.ambient),
        ]
        for (name, set) in sets {
            for (index, capability) in (set ?? []).enumerated() where !host.capabilities.contains(capability) {
                warning("\(at)capabilities.\(name)[\(index)]", "unknown capability '\(capability)' is passed over")
            }
        }
    }

    private mutating func look(at scheduler: Scheduler, _ at: String) {
        expect(scheduler.policy, among: SpecWords.schedulers, at + ".policy")
        for (index, flag) in (scheduler.flags ?? []).enumerated() {
            expect(flag, among: SpecWords.schedulerFlags, "\(at).flags[\(index)]")
        }
        let priority = scheduler.priority ?? 0
        if scheduler.policy == "SCHED_FIFO" || scheduler.policy == "SCHED_RR" {
            if !(1...99).contains(priority) {
                problem(at + ".priority", "\(scheduler.policy) wants a priority of 1 to 99")
            }
        } else if priority != 0 {
            problem(at + ".priority", "only SCHED_FIFO and SCHED_RR have a priority")
        }
        let nice = scheduler.nice ?? 0
        if !(-20...19).contains(nice) { problem(at + ".nice", "\(nice) is not within -20 to 19") }
        if nice != 0, scheduler.policy != "SCHED_OTHER", scheduler.policy != "SCHED_BATCH" {
            problem(at + ".nice", "only SCHED_OTHER and SCHED_BATCH have a nice value")
        }
        lookAtDeadline(scheduler, at)
    }

    private mutating func lookAtDeadline(_ scheduler: Scheduler, _ at: String) {
        let runtime = scheduler.runtime ?? 0
        let deadline = scheduler.deadline ?? 0
        let period = scheduler.period ?? 0
        guard scheduler.policy == "SCHED_DEADLINE" else {
            for (name, value) in [("runtime", runtime), ("deadline", deadline), ("period", period)] where value != 0 {
                problem("\(at).\(name)", "only SCHED_DEADLINE has it")
            }
            return
        }
        // sched(7): runtime <= deadline <= period, and a period of 0 is the deadline.
        if runtime == 0 { problem(at + ".runtime", "SCHED_DEADLINE wants one") }
        if runtime > deadline { problem(at + ".deadline", "less than the runtime") }
        if period != 0, deadline > period { problem(at + ".period", "less than the deadline") }
    }

    private mutating func lookAtAffinity(_ list: String?, _ place: String) {
        guard let list, !list.isEmpty else { return }
        if !SpecWords.isNumberList(list) { problem(place, "'\(list)' is not a list of processors such as 0-2,7") }
    }

    private mutating func lookAtLabels(_ process: Process, _ at: String) {
        if let profile = process.apparmorProfile, !profile.isEmpty, profile != "unconfined", !host.hasAppArmor {
            problem(at + "apparmorProfile", "this host does not have AppArmor in force")
        }
        if let label = process.selinuxLabel, !label.isEmpty, !host.hasSELinux {
            problem(at + "selinuxLabel", "this host does not have SELinux in force")
        }
    }
}

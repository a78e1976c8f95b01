/// Options that docker has and this engine has not: each gets a sentence that says what to do instead, because "unknown
/// option" would send a person looking for a typing error.
enum ForeignOption {
    private static let instead: [String: String] = [
        "link-local-ip": "use --ip and --ip6",
        "volume-driver": "use --mount type=volume,volume-driver=",
        "gpus": "use --device for its device files, or --privileged, which gives every device",
        "cpu-count": "use --cpus", "cpu-percent": "use --cpus", "cpu-rt-period": "", "cpu-rt-runtime": "",
        "platform": "images are run as they are", "runtime": "spyhop is the runtime",
        "pid": "every container has its own", "ipc": "every container has its own",
        "uts": "every container has its own; --hostname names it",
        "userns": "every container has the host's users", "oom-score-adj": "",
        "isolation": "", "storage-opt": "", "annotation": "use --label", "use-api-socket": "",
        "disable-content-trust": "leave it out: nothing is downloaded",
    ]

    /// The sentence for `option` as it was written; `nil` when docker does not know it either.
    static func sentence(_ option: String) -> String? {
        let isLong = option.hasPrefix("--")
        let name = String(option.drop { $0 == "-" }.prefix { $0 != "=" })
        guard isLong == (name.count > 1), let advice = instead[name] else { return nil }
        let dashes = isLong ? "--" : "-"
        return "Unknown option '\(dashes)\(name)': docker has it, this engine has not"
            + (advice.isEmpty ? "" : "\n  \(advice)")
    }
}

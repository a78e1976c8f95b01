/// One thing that was looked at on this host, and what that means for spyhop.
public struct Finding: Sendable, Hashable {
    /// How it stands.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// Everything that it is for works.
        case ok
        /// Something that it is for does not, or not wholly.
        case limited
        /// What it is for does not work at all.
        case missing
    }

    /// What was looked at, lower case: `overlay`.
    public var name: String
    /// How it stands.
    public var verdict: Verdict
    /// What was seen: `6.18.44`, `Operation not permitted`.
    public var detail: String
    /// Which feature of spyhop it is for.
    public var purpose: String
    /// How to get what is lacking: a Debian package, a command, a setting; `nil` when nothing is or nothing helps.
    public var remedy: String?
    /// Whether containers cannot run at all without it.
    public var isBasic: Bool

    /// Makes a finding.
    public init(
        _ name: String, _ verdict: Verdict, _ detail: String, for purpose: String, remedy: String? = nil,
        isBasic: Bool = false
    ) {
        self.name = name
        self.verdict = verdict
        self.detail = detail
        self.purpose = purpose
        self.remedy = verdict == .ok ? nil : remedy
        self.isBasic = isBasic
    }
}

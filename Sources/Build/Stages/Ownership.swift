import Engine
import Images

/// `user[:group]` of COPY's --chown and of WORKDIR's new directory, as numbers.
enum Ownership {
    /// Whether it is numbers alone, so that no file has to be read.
    static func isNumeric(_ text: String) -> Bool {
        text.split(separator: ":", omittingEmptySubsequences: false).allSatisfy { UInt32($0) != nil }
    }

    /// Who is meant; `nil` when nobody is named. A user's number without a group stands for the group as well.
    static func resolve(_ text: String, in layers: [BuiltLayer], of store: ImageStore) throws(EngineError) -> FileOwner?
    {
        guard !text.isEmpty else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let user = parts.first ?? ""
        let group = parts.count > 1 ? parts[1] : ""
        let accounts = isNumeric(text) ? AccountTable(passwd: [], group: []) : try store.accounts(of: layers)
        var owner: FileOwner
        if let number = UInt32(user) {
            owner = FileOwner(uid: number, gid: number)
        } else {
            let identity = try accounts.identity(user)
            owner = FileOwner(uid: identity.uid, gid: identity.gid)
        }
        if let number = UInt32(group) {
            owner.gid = number
        } else if !group.isEmpty {
            owner.gid = try accounts.identity("0:\(group)").gid
        }
        return owner
    }
}

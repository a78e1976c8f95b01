import Engine
import Glibc

extension NetlinkError {
    /// The engine's error: `cannot ACTION`, why, and what to do where that is known.
    func refused(_ action: String) -> EngineError {
        let hint: String? =
            switch number {
            case EPERM, EACCES: "this takes the capability CAP_NET_ADMIN over the network namespace"
            case EOPNOTSUPP, EAFNOSUPPORT, EPROTONOSUPPORT:
                "the kernel lacks a module: bridge, veth, nf_tables, nft_nat, nft_masq, nft_ct, nft_fib_inet are needed"
            default: nil
            }
        return EngineError(hint == nil ? .system : .unsupported, "cannot \(action)", hint: hint, cause: self)
    }
}

import Glibc
import Testing

extension Trait where Self == ConditionTrait {
    /// Real containers need root; without it these tests say so and are left out.
    package static var needsRoot: ConditionTrait {
        .enabled(if: geteuid() == 0, "needs root: real containers are started")
    }
}

import Engine
import Testing

struct HealthCheckTests {
    @Test func whatARequestLeavesOpenIsTheImages() {
        let image = HealthCheck(
            test: ["CMD", "a"], interval: 1, timeout: 2, startPeriod: 3, startInterval: 4, retries: 5)
        #expect(HealthCheck().filled(from: image) == image)
        let own = HealthCheck(test: ["CMD-SHELL", "b"], timeout: 9).filled(from: image)
        #expect(own.test == ["CMD-SHELL", "b"] && own.timeout == 9 && own.interval == 1 && own.retries == 5)
        #expect(HealthCheck(test: ["NONE"]).filled(from: image).command == nil)
    }

    @Test func theRestIsDockers() {
        let complete = HealthCheck(test: ["CMD", "a"]).complete
        #expect(complete.interval == 30_000_000_000 && complete.timeout == 30_000_000_000)
        #expect(complete.startPeriod == 0 && complete.startInterval == 5_000_000_000 && complete.retries == 3)
    }

    @Test func commandsAreWhatIsExecuted() {
        #expect(HealthCheck(test: ["CMD", "a", "b"]).command == ["a", "b"])
        #expect(HealthCheck(test: ["CMD-SHELL", "a b"]).command == ["/bin/sh", "-c", "a b"])
        for test in [[], ["NONE"], ["CMD"], ["CMD-SHELL"], ["OTHER", "a"]] {
            #expect(HealthCheck(test: test).command == nil)
        }
    }
}

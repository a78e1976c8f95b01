import Dockerfile
import Engine
import Testing

@testable import Build

struct StepNameTests {
    @Test func numbersStandRightAligned() {
        #expect(StepName.position(stage: "builder", index: 2, total: 12) == "builder  2/12")
        #expect(StepName.position(stage: nil, index: 1, total: 3) == "1/3")
    }

    @Test func aPlanNamesItsStepsAsDockerDoes() throws {
        let text = """
            FROM busybox AS builder
            WORKDIR /src
            copy . .
            RUN <<EOF
            make
            make install
            EOF
            FROM alpine:3
            ENV A=1
            COPY --from=builder /src /app
            COPY --from=debian /etc/os-release /
            """
        let dockerfile = try Dockerfile.parse(Array(text.utf8), name: "Dockerfile")
        let graph = try BuildGraph(
            dockerfile, target: nil, arguments: [:], buildPlatform: "linux/amd64", targetPlatform: "linux/amd64",
            contexts: [])
        let plan = StepPlan(dockerfile, graph: graph, request: BuildRequest(context: .empty))
        #expect(
            plan.steps.map(\.name) == [
                "[internal] load build definition from Dockerfile", "[internal] load .dockerignore",
                "[internal] load build context", "[builder 1/4] FROM docker.io/library/busybox:latest",
                "[builder 2/4] WORKDIR /src", "[builder 3/4] COPY . .", "[builder 4/4] RUN <<EOF (make...)",
                "[stage-1 1/3] FROM docker.io/library/alpine:3", "[stage-1 2/3] COPY --from=builder /src /app",
                "FROM docker.io/library/debian:latest", "[stage-1 3/3] COPY --from=debian /etc/os-release /",
                "exporting to image",
            ])
        #expect(plan.steps.map(\.id) == Array(1...12))
        #expect(plan.step(stage: 1, instruction: 1) == 9 && plan.base(of: 0) == 4)
    }
}

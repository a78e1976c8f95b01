import Dockerfile
import Engine
import Testing

struct OutlineTests {
    private static let text = """
        # BASE is the image below
        ARG BASE=alpine
        ARG TAG=3
        ARG UNUSED=x
        # base is where all begins
        FROM $BASE:${TAG} AS base
        # VERSION of the tool
        ARG VERSION=1.${TAG}
        RUN --mount=type=secret,id=token --mount=type=secret,target=/run/secrets/key x
        FROM base
        ARG BASE
        ARG PLAIN
        RUN --mount=type=secret,id=token x
        FROM scratch AS alone
        ARG ELSEWHERE
        """

    @Test func anOutlineHasTargetsArgumentsAndSecrets() throws {
        let file = try Dockerfile.parse(Array(Self.text.utf8), name: "Dockerfile")
        let outline = file.outline(try plan(Self.text, target: "1", arguments: ["PLAIN": "given"]))
        #expect(
            outline.targets == [
                .init(name: "base", base: "$BASE:${TAG}", description: "is where all begins", isDefault: false),
                .init(name: "1", base: "base", description: "", isDefault: false),
                .init(name: "alone", base: "scratch", description: "", isDefault: true),
            ])
        #expect(
            outline.arguments == [
                .init(name: "BASE", value: "alpine", description: "is the image below"),
                .init(name: "TAG", value: "3", description: ""),
                .init(name: "VERSION", value: "1.", description: "of the tool"),
                .init(name: "PLAIN", value: "given", description: ""),
            ])
        #expect(outline.secrets == ["token", "key"])
    }
}

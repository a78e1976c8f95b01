import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct LimitFormTests {
    private let container = Scenery.container(
        1, "wave", limits: ResourceLimits(memory: 512 << 20, nanoCPUs: 1_500_000_000, pids: 100))

    private func form() -> LimitForm { LimitForm(container, cpuCount: 4) }

    @Test func presentValuesCanBeTypedAgain() throws {
        let form = form()
        #expect(form.text(.memory) == "512m")
        #expect(form.text(.cpus) == "1.5")
        let texts = Dictionary(
            LimitForm.Field.allCases.map { ($0, form.text($0)) }, uniquingKeysWith: { first, _ in first })
        #expect(try form.change(texts).get().isEmpty)
    }

    @Test func onlyWhatWasChangedIsAskedFor() throws {
        let change = try form().change([.memory: "1g", .cpus: "", .restart: "always"]).get()
        #expect(change.limits == ResourceLimits(memory: 1 << 30, nanoCPUs: 0))
        #expect(change.restartPolicy == .always)
        let undo = form().undo(change)
        #expect(undo.limits == ResourceLimits(memory: 512 << 20, nanoCPUs: 1_500_000_000))
        #expect(undo.restartPolicy == .no)
    }

    @Test(arguments: [
        (LimitForm.Field.memory, "1m"), (.memory, "much"), (.cpus, "9"), (.cpus, "a"), (.cpuset, "3-1"),
        (.shares, "1"), (.pids, "many"), (.weight, "5"), (.restart, "never"), (.reservation, "1g"), (.swap, "100m"),
    ])
    func whatMakesNoSenseIsToldAtItsField(field: LimitForm.Field, text: String) {
        guard case .failure(let refusal) = form().change([field: text]) else {
            Issue.record("\(field) takes \(text)")
            return
        }
        #expect(refusal.errors.keys.contains(field))
    }

    @Test func theFormTellsWhileOneTypesAndAppliesAtOnce() throws {
        var state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(1))
        _ = state.update(.key(.character("L")))
        #expect(state.form?.form["memory"]?.text == "512m")
        #expect(state.form?.form["memory"]?.remark.contains("in use") == true)
        _ = state.update(.key(.character("x")))
        #expect(state.form?.form["memory"]?.error != nil)
        _ = state.update(.key(.backspace))
        #expect(state.form?.form["memory"]?.error == nil)
        for _ in 0..<4 { _ = state.update(.key(.backspace)) }
        for key in "1g" { _ = state.update(.key(.character(key))) }
        let effects = state.update(.key(.enter))
        var change = LimitForm.Change()
        change.limits.memory = 1 << 30
        #expect(effects.contains(.errand(.limits, UpdateLimits(container: Scenery.id(1), change: change))))
        let done = UpdateLimits.Answer(container: Scenery.id(1), result: .success([]))
        #expect(state.update(.answer(.limits, done)).contains(.loadContainer(Scenery.id(1))))
        #expect(state.form == nil)
        var back = LimitForm.Change()
        back.limits.memory = 512 << 20
        #expect(
            state.update(.key(.character("u")))
                .contains(.errand(.limits, UpdateLimits(container: Scenery.id(1), change: back))))
    }

    @Test func aRefusalOfTheEngineStaysInTheForm() {
        var state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(1))
        _ = state.update(.key(.character("L")))
        for key in "0" { _ = state.update(.key(.character(key))) }
        let refusal = UpdateLimits.Answer(
            container: Scenery.id(1), result: .failure(EngineError(.system, "more than that is in use")))
        _ = state.update(.answer(.limits, refusal))
        #expect(state.form?.form.note == "more than that is in use")
    }

    @Test func warningsAreToldAndNothingIsChangedReadOnly() {
        var state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(1))
        let answer = UpdateLimits.Answer(container: Scenery.id(1), result: .success(["swap cannot be limited here"]))
        _ = state.update(.answer(.limits, answer))
        #expect(state.notice?.text.contains("swap cannot be limited here") == true)
        state.isReadOnly = true
        _ = state.update(.key(.character("L")))
        #expect(state.form == nil)
    }

    @Test func aContainerGetsAnotherName() {
        var state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(1))
        _ = state.update(.key(.character("R")))
        #expect(state.prompt?.text == "wave")
        _ = state.update(.key(.character("2")))
        let effects = state.update(.key(.enter))
        #expect(
            effects.contains(.errand(.limits, RenameContainer(container: Scenery.id(1), old: "wave", new: "wave2"))))
    }
}

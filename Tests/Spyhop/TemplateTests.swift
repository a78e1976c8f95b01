import Engine
import Testing

@testable import SpyhopCommands

struct TemplateTests {
    private static let value: JSONValue = [
        "Name": "web", "Count": 3, "Ready": true, "Empty": [], "Tags": ["a", "b"],
        "State": ["Status": "running", "Pid": 42], "Labels": .map(["x.y": "1", "z": "<2>"]), "Nothing": nil,
    ]

    @Test(arguments: [
        ("plain", "plain"), ("{{.Name}}", "web"), ("{{ .Name }}:{{.Count}}", "web:3"),
        ("{{.State.Status}}", "running"), ("{{json .State}}", #"{"Status":"running","Pid":42}"#),
        ("{{json .Labels}}", #"{"x.y":"1","z":"<2>"}"#), ("{{.Tags}}", "[a b]"), ("{{.Labels}}", "map[x.y:1 z:<2>]"),
        ("{{range .Tags}}<{{.}}>{{end}}", "<a><b>"),
        ("{{range $i, $t := .Tags}}{{$i}}={{$t}} {{end}}", "0=a 1=b "),
        ("{{range $k, $v := .Labels}}{{$k}}:{{$v}};{{end}}", "x.y:1;z:<2>;"),
        ("{{range .Empty}}x{{else}}none{{end}}", "none"), ("{{if .Ready}}yes{{else}}no{{end}}", "yes"),
        ("{{if .Empty}}yes{{else if eq .Count 3}}three{{end}}", "three"),
        ("{{with .State}}{{.Pid}} {{$.Name}}{{end}}", "42 web"), ("{{index .Labels \"x.y\"}}", "1"),
        ("{{index .Labels \"gone\"}}|", "|"), ("{{(index .Tags 1)}}", "b"), ("{{join .Tags \", \"}}", "a, b"),
        ("{{upper .Name}}", "WEB"), ("{{.Name | title | printf \"%s!\"}}", "Web!"), ("{{len .Tags}}", "2"),
        ("{{printf \"%-5s|%3d|%q\" .Name .Count .Name}}", "web  |  3|\"web\""), ("a\\tb\\n", "a\tb\n"),
        ("{{ \"x\\ty\" }}", "x\ty"), ("{{`r\\aw`}}", "r\\aw"), ("  {{- .Name -}}  !", "web!"),
        ("{{/* hidden */}}x", "x"), ("{{$n := .Name}}{{$n}}{{$n}}", "webweb"), ("{{.Nothing}}", "<nil>"),
        ("{{not .Ready}} {{and .Ready .Count}} {{or .Empty .Name}}", "false 3 web"),
        ("{{if and (gt .Count 2) (lt .Count 4)}}in{{end}}", "in"), ("{{truncate .Name 2}}", "we"),
        ("{{.State}}", "{running 42}"), ("{{.Labels.z}}{{.Labels.gone}}", "<2><no value>"),
        ("{{.STATE.PID}}{{.NAME}}", "42web"), ("{{slice .Name 1}}{{slice .Tags 0 1}}{{slice .Name 0 2}}", "eb[a]we"),
        ("{{range .Tags}}{{.}}{{break}}{{end}}!", "a!"), ("{{range .Tags}}{{continue}}{{.}}{{end}}!", "!"),
        ("{{range .Tags}}{{if eq . \"b\"}}{{break}}{{end}}{{.}}{{end}}", "a"),
        ("{{html \"<a>\"}} {{urlquery \"a b&é\"}} {{js \"'\"}}", "&lt;a&gt; a+b%26%C3%A9 \\'"),
        ("{{split \"a:b\" \":\"}}", "[a b]"), ("{{println .Name}}", "web\n"),
    ])
    func rendersAsGoDoes(source: String, text: String) throws {
        #expect(try Template(source).render(Self.value) == text)
    }

    @Test(arguments: [
        "{{.Gone}}", "{{.Name.Deeper}}", "{{", "{{.Name", "{{end}}", "{{if .Name}}x", "{{range .Name}}{{end}}",
        "{{bogus .Name}}", "{{\"open}}", "{{}}", "{{.Name .Count}}", "{{$x}}", "{{index .Tags 9}}", "{{(.Name}}",
        "{{.Name ?}}", "{{.name}}", "{{break}}", "{{if .Ready}}{{continue}}{{end}}", "{{slice .Name 2 1}}",
        "{{slice .Name 0 9}}", "{{.Count.Deeper}}", "{{lt .Name 3}}", "{{join}}", "{{truncate .Name -1}}",
        "{{99999999999999999999}}",
    ])
    func aBadTemplateIsToldInASentence(source: String) {
        #expect(throws: EngineError.self) { _ = try Template(source).render(Self.value) }
    }

    @Test func labelsAnswerByKey() throws {
        let row = ListRow(value: ["ID": "1"], labels: ["role": "db"])
        #expect(try row.render(Template("{{.Label \"role\"}}/{{.Label \"gone\"}}")) == "db/")
    }

    @Test func tableFormatHasHeadings() throws {
        let format = try ListFormat("table {{.ID}}\\t{{.Names}}", defaultTable: "")
        let text = try format.render([ListRow(value: ["ID": "1", "Names": "a"])], headings: ContainerRow.headings)
        #expect(text == "CONTAINER ID   NAMES\n1              a\n")
    }

    @Test func jsonFormatIsOneObjectALine() throws {
        let rows = [ListRow(value: ["A": "1"]), ListRow(value: ["A": "2"])]
        #expect(
            try ListFormat("json", defaultTable: "").render(rows, headings: [:]) == "{\"A\":\"1\"}\n{\"A\":\"2\"}\n")
    }

    @Test func jsonEscapesControls() {
        #expect(JSONValue.string("\u{1b}\"\\\n\u{9b}é").compact == #""\u001b\"\\\n\u009bé""#)
        #expect(JSONValue.array([["a": 1]]).pretty == "[\n    {\n        \"a\": 1\n    }\n]")
        #expect(JSONValue.array([]).pretty == "[]")
    }
}

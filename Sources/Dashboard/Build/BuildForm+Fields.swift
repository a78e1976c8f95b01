import Terminal

extension BuildForm {
    /// The form to fill in.
    var form: Form {
        func text(_ field: Field, _ label: String, _ hint: String, _ value: String) -> FormField {
            FormField(field.rawValue, label: label, hint: hint, value: .text(TextLine(value)))
        }
        return Form(
            title: words("Build an image"),
            fields: [
                text(.context, words("context"), words("a directory, or a repository's address"), context),
                text(.file, words("Dockerfile"), words("Dockerfile in the context"), file),
                text(.tags, words("tag"), words("name[:tag], several with blanks between"), tags),
                text(.target, words("target"), words("the last stage"), target),
                text(.arguments, words("arguments"), "KEY=VALUE 'GREETING=hello there'", arguments),
                FormField(
                    Field.noCache.rawValue, label: words("no cache"), hint: words("every step anew (--no-cache)"),
                    value: .flag(noCache)),
            ], submit: words("Build"))
    }

    /// What was filled in.
    init(_ form: Form) {
        self.init()
        func text(_ field: Field) -> String { form[field.rawValue]?.text ?? "" }
        context = text(.context)
        file = text(.file)
        tags = text(.tags)
        target = text(.target)
        arguments = text(.arguments)
        noCache = form[Field.noCache.rawValue]?.isSet ?? false
    }

    /// What its build is called here.
    var title: String {
        tags.split(separator: " ").first.map(String.init) ?? (context == "." ? words("this directory") : context)
    }
}

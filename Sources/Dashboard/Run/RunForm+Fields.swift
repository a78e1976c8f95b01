import Terminal

extension RunForm {
    /// The form to fill in.
    static func form(image: String) -> Form {
        func text(_ field: Field, _ label: String, _ hint: String, _ value: String = "") -> FormField {
            FormField(field.rawValue, label: label, hint: hint, value: .text(TextLine(value)))
        }
        return Form(
            title: words("Run a container"),
            fields: [
                text(.image, words("image"), words("name[:tag]"), image),
                text(.name, words("name"), words("made up when empty")),
                text(.command, words("command"), words("the image's")),
                text(.ports, words("ports"), "8080:80 127.0.0.1:5353:53/udp"),
                text(.environment, words("environment"), "KEY=VALUE 'GREETING=hello there'"),
                text(.volumes, words("volumes"), "data:/srv /home/me/site:/var/www:ro"),
                text(.network, words("network"), words("bridge, host, none or a network's name")),
                FormField(
                    Field.restart.rawValue, label: words("restart"),
                    value: .choice(["no", "on-failure", "unless-stopped", "always"], selected: 0)),
                FormField(
                    Field.autoRemove.rawValue, label: words("remove"), hint: words("when it ends (--rm)"),
                    value: .flag(false)),
            ], submit: words("Run"))
    }

    /// What was filled in.
    init(_ form: Form) {
        self.init()
        func text(_ field: Field) -> String { form[field.rawValue]?.text ?? "" }
        image = text(.image)
        name = text(.name)
        command = text(.command)
        ports = text(.ports)
        environment = text(.environment)
        volumes = text(.volumes)
        network = text(.network)
        restart = text(.restart)
        autoRemove = form[Field.autoRemove.rawValue]?.isSet ?? false
    }
}

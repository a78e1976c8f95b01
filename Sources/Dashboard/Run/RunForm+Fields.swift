import Terminal

extension RunForm {
    /// The form to fill in.
    static func form(image: String) -> Form {
        func text(_ field: Field, _ label: String, _ hint: String, _ value: String = "") -> FormField {
            FormField(field.rawValue, label: label, hint: hint, value: .text(TextLine(value)))
        }
        return Form(
            title: "Run a container",
            fields: [
                text(.image, "image", "name[:tag]", image),
                text(.name, "name", "made up when empty"),
                text(.command, "command", "the image's"),
                text(.ports, "ports", "8080:80 127.0.0.1:5353:53/udp"),
                text(.environment, "environment", "KEY=VALUE 'GREETING=hello there'"),
                text(.volumes, "volumes", "data:/srv /home/me/site:/var/www:ro"),
                text(.network, "network", "bridge, host, none or a network's name"),
                FormField(
                    Field.restart.rawValue, label: "restart",
                    value: .choice(["no", "on-failure", "unless-stopped", "always"], selected: 0)),
                FormField(
                    Field.autoRemove.rawValue, label: "remove", hint: "when it ends (--rm)", value: .flag(false)),
            ], submit: "Run")
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

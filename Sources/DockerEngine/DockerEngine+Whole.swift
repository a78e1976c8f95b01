import Engine

/// All that the capabilities make together.
extension DockerEngine: ContainerEngine {}

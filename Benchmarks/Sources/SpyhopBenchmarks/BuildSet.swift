import Foundation

/// What the builders build: a Dockerfile of everyday steps on busybox, and a context of a thousand files.
struct BuildSet {
    /// Its context.
    let context: String
    private static let dockerfile = """
        FROM busybox
        ENV STAGE=bench
        WORKDIR /app
        COPY requirements .
        RUN mkdir -p lib && n=0; while [ $n -lt 100 ]; do echo $n > lib/$n; n=$((n+1)); done
        RUN cp -r lib copied && rm -r lib
        COPY files files
        RUN echo built > version
        LABEL made=bench
        CMD ["cat", "version"]
        """

    /// Four mebibytes in a thousand files.
    init?(in directory: String) {
        context = directory + "/context"
        let files = FileManager.default
        let content = Data(repeating: 0x77, count: 4 << 10)
        do {
            for folder in 0..<20 {
                let path = "\(context)/files/\(folder)"
                try files.createDirectory(atPath: path, withIntermediateDirectories: true)
                for number in 0..<50 { try content.write(to: URL(fileURLWithPath: "\(path)/\(number)")) }
            }
            try Self.dockerfile.write(toFile: context + "/Dockerfile", atomically: true, encoding: .utf8)
            try "none\n".write(toFile: context + "/requirements", atomically: true, encoding: .utf8)
        } catch { return nil }
    }
}

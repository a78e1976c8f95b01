/// What runs in the demo's containers: shell scripts for busybox, each worth a look on its graph.
enum DemoScripts {
    /// A container of the demo.
    struct Member: Sendable {
        var name: String
        /// What it shows, for the list that is printed.
        var purpose: String
        var script: String
        /// Bytes of memory; `nil` leaves it free.
        var memory: Int64?
        /// Billionths of a CPU.
        var nanoCPUs: Int64?
        var restarts = false
    }

    /// The five, in the order in which they are started.
    static let members: [Member] = [
        Member(
            name: "web", purpose: "a web server under light load", script: web, memory: 64 << 20,
            nanoCPUs: 500_000_000),
        Member(name: "wave", purpose: "a CPU that swings up and down", script: wave, nanoCPUs: 1_000_000_000),
        Member(
            name: "sawtooth", purpose: "memory that grows and is let go", script: sawtooth, memory: 96 << 20,
            nanoCPUs: 500_000_000),
        Member(
            name: "chatty", purpose: "a log in colours, with long lines", script: chatty, memory: 32 << 20,
            nanoCPUs: 250_000_000),
        Member(
            name: "flaky", purpose: "a program that crashes and is restarted", script: flaky, memory: 32 << 20,
            nanoCPUs: 250_000_000, restarts: true),
    ]

    /// Bytes of what `chatty` fetches again and again, enough to be seen in the figures.
    static let plankton = 48 << 10

    /// A page to serve.
    static let page = "<!doctype html><title>spyhop</title><h1>A whale looked out of the water</h1>\n"

    // The first process of a container meets no signal that it has not asked for, hence the traps.
    private static let web = """
        #!/bin/sh
        trap 'exit 0' TERM INT
        httpd -f -p 8080 -h /srv/www &
        echo "serving /srv/www on port 8080"
        pages=0
        failures=0
        while true; do
            if wget -q -O /dev/null http://127.0.0.1:8080/ 2>/dev/null; then
                pages=$((pages + 1))
                [ $((pages % 50)) -eq 0 ] && echo "GET / 200: $pages pages served, $failures failures"
            else
                failures=$((failures + 1))
            fi
            sleep 0.08
        done

        """

    private static let wave = """
        #!/bin/sh
        trap 'exit 0' TERM INT
        escape=$(printf '\\033')
        water='~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~'
        step=0
        while true; do
            for busy in 2 3 4 6 9 13 17 21 26 30 34 37 40 42 43 43 42 40 37 34 30 26 21 17 13 9 6 4 3 2; do
                colour=34
                [ $busy -ge 13 ] && colour=36
                [ $busy -ge 34 ] && colour=33
                echo "${escape}[${colour}m${water:0:$busy}${escape}[0m $((busy * 2))%"
                for again in 1 2; do
                    read now rest </proc/uptime
                    end=$((${now%.*} * 100 + 1${now#*.} - 100 + busy))
                    while read now rest </proc/uptime && [ $((${now%.*} * 100 + 1${now#*.} - 100)) -lt $end ]; do
                        :
                    done
                    idle=$((50 - busy))
                    [ $idle -lt 10 ] && idle=0$idle
                    sleep 0.$idle
                done
            done
            step=$((step + 1))
            echo "wave $step has broken"
        done

        """

    private static let sawtooth = """
        #!/bin/sh
        trap 'exit 0' TERM INT
        rm -f /dev/shm/tooth.*
        while true; do
            count=0
            while [ $count -lt 24 ]; do
                dd if=/dev/zero of=/dev/shm/tooth.$count bs=1M count=2 2>/dev/null
                count=$((count + 1))
                [ $((count % 6)) -eq 0 ] && echo "holding $((count * 2)) MiB"
                sleep 0.5
            done
            rm -f /dev/shm/tooth.*
            echo "let everything go"
            sleep 1
        done

        """

    private static let chatty = """
        #!/bin/sh
        trap 'exit 0' TERM INT
        escape=$(printf '\\033')
        line=0
        while true; do
            line=$((line + 1))
            # On the demo's network web is found by its name; without one this fails at once, and quietly.
            wget -q -O /dev/null http://web:8080/plankton 2>/dev/null
            case $((line % 8)) in
                0) echo "${escape}[31mERROR${escape}[0m request $line failed: the tide was out" >&2 ;;
                1) echo "${escape}[32mINFO${escape}[0m  request $line answered in $((line * 7 % 40 + 2)) ms" ;;
                2) echo "${escape}[33mWARN${escape}[0m  request $line was slow: $((line * 13 % 400 + 300)) ms" ;;
                3) echo "${escape}[36mDEBUG${escape}[0m cache: $((line * 3 % 100)) hits, $((line % 17)) misses" ;;
                4) echo "{\\"level\\":\\"info\\",\\"request\\":$line,\\"path\\":\\"/whales/$((line % 12))\\",\\"status\\":200}" ;;
                5) echo "a long line: $(seq -s ' ' 1 90) and so on to its very end" ;;
                6) echo "request $line: naïve café, 鯨 in the water" ;;
                7) printf 'progress of request %d:' $line; for part in 1 2 3; do printf ' %d/3' $part; done; echo ;;
            esac
            sleep 0.35
        done

        """

    private static let flaky = """
        #!/bin/sh
        trap 'exit 0' TERM INT
        echo "starting, full of hope"
        left=12
        while [ $left -gt 0 ]; do
            [ $((left % 4)) -eq 0 ] && echo "$left seconds to go"
            left=$((left - 1))
            sleep 1
        done
        echo "panic: lost my way" >&2
        exit 3

        """
}

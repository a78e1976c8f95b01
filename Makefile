# Everything a new Debian machine needs: each target installs the packages that it lacks, and tells which.
PREFIX ?= /usr/local
BUILD_PACKAGES = build-essential pkg-config libncurses-dev libseccomp-dev libarchive-dev libsqlite3-dev zlib1g-dev libpcre2-dev \
  libzstd-dev liblzma-dev libbz2-dev liblz4-dev busybox-static libvterm-dev
TEST_PACKAGES = $(BUILD_PACKAGES) skopeo zstd tar qemu-system-x86 cpio e2fsprogs uidmap fuse-overlayfs util-linux \
  runc crun docker.io containerd podman conmon dbus-daemon iproute2 nftables passt slirp4netns docker-registry openssl python3 \
  buildah debootstrap git openssh-client openssh-server python3-pip xz-utils bzip2
BENCH_PACKAGES = $(BUILD_PACKAGES) runc crun docker.io iproute2 iptables iperf3 util-linux docker-registry skopeo podman \
  debootstrap libssl-dev buildah btop python3 python3-pip ripgrep
SUDO = $(shell [ "$$(id -u)" = 0 ] || echo sudo)
RELEASE = .build/release

# $(call require,PACKAGES): installs what is missing of them.
define require
	@command -v dpkg-query >/dev/null || exit 0; missing=; \
	for package in $(1); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing Debian packages:$$missing"; \
	  $(SUDO) apt-get -qq update && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get -qq install -y --no-install-recommends $$missing >/dev/null; \
	fi
	@command -v swift >/dev/null || { echo "swift is missing: install Swift 6.3 from swift.org" >&2; exit 1; }
endef

.PHONY: run build test fuzz conformance compare vm-systemd lint bench install clean packages

run: build
	$(RELEASE)/spyhop demo --open

build:
	$(call require,$(BUILD_PACKAGES))
	swift build -c release

test:
	$(call require,$(TEST_PACKAGES))
	swift build --build-tests
	@# End-to-end tests wait for programs and hold their threads meanwhile; the others would wait for a thread.
	swift test --skip-build --skip EndToEndTests
	swift test --skip-build --filter EndToEndTests

# `spyhop oci --systemd-cgroup` where systemd is the first process: a virtual machine with Debian in it, fetched once. As root.
vm-systemd:
	$(call require,$(BUILD_PACKAGES) qemu-system-x86 cpio e2fsprogs debootstrap)
	swift build
	Tests/EndToEnd/VirtualMachine/boot-systemd .build/debug Tests/EndToEnd/VirtualMachine/systemd-checks

# The same clauses asked of Spyhop, runc and crun; the answers are docs/CONFORMANCE.md.
conformance:
	$(call require,$(TEST_PACKAGES))
	swift build --build-tests
	Tests/Conformance/compare docs/CONFORMANCE.md

# A set of Dockerfiles built by Spyhop, docker, BuildKit and buildah; the differences are explained in docs/BUILD.md.
compare:
	$(call require,$(TEST_PACKAGES))
	swift build
	test -e .build/python-base.tar || examples/python-app/debian-base .build/python-base.tar
	Tests/Peers/compare --ours .build/debug/spyhop --python-base .build/python-base.tar --report .build/peers.tsv

# Ten million random keys, clicks, resizes and hostile names against the dashboard's state and frames: about an hour.
FUZZ_STEPS = 10000000
fuzz:
	$(call require,$(BUILD_PACKAGES) libvterm-dev)
	SWIFT_DETERMINISTIC_HASHING=1 SPYHOP_FUZZ_STEPS=$(FUZZ_STEPS) swift test -c release -Xswiftc -enable-testing \
	  --scratch-path .build/fuzz --filter 'DashboardTests.FuzzTests'

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

# An image of some 250 MB, made once: Debian's least and python3.
BENCH_LAYER = Benchmarks/.build/debian.tar.gz
$(BENCH_LAYER):
	$(call require,$(BENCH_PACKAGES))
	mkdir -p $(@D); root=$$(mktemp -d); chmod 755 $$root; \
	debootstrap --variant=minbase --include=python3 bookworm $$root >$(@D)/debootstrap.log && \
	rm -rf $$root/var/cache/apt/archives/*.deb && tar -C $$root --numeric-owner -czf $@.part . && mv $@.part $@; \
	status=$$?; rm -rf $$root; exit $$status

# A dashboard of Python's registry, for the rows of dashboards.
BENCH_CTOP = Benchmarks/.build/ctop
$(BENCH_CTOP)/bin/ctop:
	$(call require,$(BENCH_PACKAGES))
	pip3 install -q --target $(BENCH_CTOP) ctop 2>/dev/null || echo "ctop cannot be had: its figures will be missing" >&2

bench: build $(BENCH_LAYER) $(BENCH_CTOP)/bin/ctop
	$(call require,$(BENCH_PACKAGES))
	swift build -c release --package-path Benchmarks
	unshare --net sh -c 'ip link set lo up; exec Benchmarks/.build/release/spyhop-benchmarks $(RELEASE) --ctop $(BENCH_CTOP)/bin/ctop'
	@# In memory: on ext4 every file that was removed in the last minute slows down the making of the next one. Podman
	@# takes paths of 50 characters.
	memory=$$(mktemp -d /tmp/b.XXX); TMPDIR=$$memory unshare --net --mount sh -c 'ip link set lo up; mount -t tmpfs bench $$TMPDIR; \
	  exec Benchmarks/.build/release/spyhop-benchmarks $(RELEASE) --layer $(BENCH_LAYER) --images'; rmdir $$memory
	@echo; echo "The kernel's own part of a container's life, in microseconds, step by step:"
	@root=$$(mktemp -d); mkdir -p $$root/bin $$root/proc $$root/dev $$root/sys; cp /bin/busybox $$root/bin/true; \
	unshare --mount Benchmarks/.build/release/floor $$root 100; rm -r $$root

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/spyhop
	install -s -m 755 $(RELEASE)/spyhop $(DESTDIR)$(PREFIX)/bin/spyhop
	ln -sf spyhop $(DESTDIR)$(PREFIX)/bin/spyhop-oci
	install -s -m 755 $(RELEASE)/spyhop-monitor $(DESTDIR)$(PREFIX)/libexec/spyhop/spyhop-monitor

clean:
	rm -rf .build Benchmarks/.build

// What a layer costs before anything is written: its bytes are read, digested, decompressed, and digested again, in one thread and
// with the library that Spyhop decompresses with.
//
//     unpacking LAYER.tar.gz      prints the digests of the layer and of the tar file within
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

static void fail(const char *what) {
    fprintf(stderr, "unpacking: %s\n", what);
    exit(1);
}

static EVP_MD_CTX *begin(void) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!context || !EVP_DigestInit_ex(context, EVP_sha256(), NULL)) fail("no SHA-256");
    return context;
}

static void finish(EVP_MD_CTX *context) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_DigestFinal_ex(context, digest, &length);
    for (unsigned i = 0; i < length; i++) printf("%02x", digest[i]);
    printf("\n");
    EVP_MD_CTX_free(context);
}

int main(int count, char **arguments) {
    static unsigned char input[1 << 18], output[1 << 18];
    int file = count == 2 ? open(arguments[1], O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) fail("usage: unpacking LAYER.tar.gz");
    EVP_MD_CTX *layer = begin(), *archive = begin();
    z_stream state = {0};
    if (inflateInit2(&state, 15 + 16) != Z_OK) fail("no memory");
    int result = Z_OK;
    ssize_t got;
    while ((got = read(file, input, sizeof input)) > 0) {
        EVP_DigestUpdate(layer, input, (size_t)got);
        state.next_in = input;
        state.avail_in = (unsigned)got;
        do {
            state.next_out = output;
            state.avail_out = sizeof output;
            result = inflate(&state, Z_NO_FLUSH);
            if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) fail("the layer is no gzip");
            EVP_DigestUpdate(archive, output, sizeof output - state.avail_out);
        } while (result == Z_OK && (state.avail_in > 0 || state.avail_out == 0));
    }
    if (got < 0 || result != Z_STREAM_END) fail("the layer breaks off");
    finish(layer);
    finish(archive);
    return 0;
}

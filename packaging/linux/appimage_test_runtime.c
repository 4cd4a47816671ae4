/* A type-2 AppImage runtime for tests: what stands before the image's file system, mounts it and
 * starts its AppRun. It does to the program what the one of the AppImage project does, but takes
 * Debian's squashfuse_ll and unsquashfs from PATH, which a user's machine need not have: images for
 * users are never made with it.
 *
 * From https://github.com/AppImage/AppImageSpec (draft.md): the magic at offset 8 (which the script
 * that builds this writes), the file system right behind the ELF file, AppRun, TARGET_APPIMAGE. From
 * https://docs.appimage.org ("Environment variables", "Running AppImages"): what the program is told,
 * and the options.
 *
 * The program takes this process' place, so that signals and exit code are its own. What serves the
 * mount is a process apart; it ends, and the mount with it, once nobody holds the writing end of a
 * pipe that the program inherits.
 *
 * exit codes: the program's; 127 where it could not be started (it is said why). */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(127);
}

/* The file that holds the file system, and where in it: behind the ELF file's last part, the table
 * of sections. */
static long find_image(char *image) {
    const char *other = getenv("TARGET_APPIMAGE");
    if (!realpath(other ? other : "/proc/self/exe", image)) fail("the image");
    Elf64_Ehdr header;
    int file = open(image, O_RDONLY | O_CLOEXEC);
    if (file < 0 || read(file, &header, sizeof header) != sizeof header) fail(image);
    close(file);
    return (long)(header.e_shoff + (unsigned long)header.e_shentsize * header.e_shnum);
}

static void make_folder(char *folder, const char *name) {
    const char *base = getenv("TMPDIR");
    snprintf(folder, PATH_MAX, "%s/%sXXXXXX", base ? base : "/tmp", name);
    if (!mkdtemp(folder)) fail(folder);
}

static int wait_for(pid_t child) {
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) fail("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void silence(void) { /* Whoever reads the program's output waits for its end, not for ours. */
    int null = open("/dev/null", O_RDWR);
    for (int stream = 0; stream < 3; stream++) dup2(null, stream);
    if (null > 2) close(null);
}

static pid_t start_squashfuse(const char *image, long offset, const char *folder) {
    char options[64];
    snprintf(options, sizeof options, "ro,nodev,nosuid,offset=%ld", offset);
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child > 0) return child;
    execlp("squashfuse_ll", "squashfuse_ll", "-f", "-o", options, image, folder, (char *)NULL);
    _exit(127);
}

/* Mount, say so by a byte to `ready`, serve until `alive` has no writers, unmount. */
static void serve(const char *image, long offset, const char *folder, int ready, int alive) {
    setsid();
    silence();
    struct stat before, now;
    stat(folder, &before);
    pid_t server = start_squashfuse(image, offset, folder);
    do {
        if (waitpid(server, NULL, WNOHANG) == server) {
            rmdir(folder);
            _exit(1);
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    } while (stat(folder, &now) != 0 || now.st_dev == before.st_dev);
    if (write(ready, "", 1) != 1) kill(server, SIGTERM);
    close(ready);
    char byte;
    while (read(alive, &byte, 1) < 0 && errno == EINTR) continue;
    kill(server, SIGTERM);
    wait_for(server);
    _exit(rmdir(folder) != 0);
}

static void mount_image(const char *image, long offset, char *folder) {
    make_folder(folder, ".mount_novita");
    int ready[2], alive[2];
    if (pipe2(ready, O_CLOEXEC) != 0 || pipe2(alive, O_CLOEXEC) != 0) fail("pipe");
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) { /* Its own child is nobody's, so that the program finds none that it knows not. */
        if (fork() == 0) {
            close(ready[0]);
            close(alive[1]);
            serve(image, offset, folder, ready[1], alive[0]);
        }
        _exit(0);
    }
    wait_for(child);
    close(ready[1]);
    close(alive[0]);
    char byte;
    if (read(ready[0], &byte, 1) != 1) {
        fprintf(stderr, "The image cannot be mounted by FUSE; try --appimage-extract-and-run.\n");
        exit(127);
    }
    close(ready[0]);
    fcntl(alive[1], F_SETFD, 0); /* The program and what it starts inherit it. */
}

static void extract(const char *image, long offset, const char *folder) {
    char where[32];
    snprintf(where, sizeof where, "%ld", offset);
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        execlp("unsquashfs", "unsquashfs", "-quiet", "-no-progress", "-force", "-offset", where,
               "-dest", folder, image, (char *)NULL);
        fail("unsquashfs");
    }
    if (wait_for(child) != 0) exit(127);
}

static void start(const char *folder, char **arguments) {
    char program[PATH_MAX + 8];
    snprintf(program, sizeof program, "%s/AppRun", folder);
    setenv("APPDIR", folder, 1);
    arguments[0] = program;
    execv(program, arguments);
    fail(program);
}

static int remove_one(const char *path, const struct stat *known, int kind, struct FTW *where) {
    (void)known, (void)kind, (void)where;
    return remove(path);
}

static volatile sig_atomic_t started;

static void pass_on(int number) { kill((pid_t)started, number); }

static int run_extracted(const char *image, long offset, char **arguments) {
    char folder[PATH_MAX];
    make_folder(folder, "appimage_extracted_");
    extract(image, offset, folder);
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) start(folder, arguments);
    started = child; /* Whoever ends this process means the program, and the folder must go. */
    struct sigaction passing = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
    sigaction(SIGTERM, &passing, NULL);
    sigaction(SIGINT, &passing, NULL);
    sigaction(SIGHUP, &passing, NULL);
    int code = wait_for(child);
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return code;
}

int main(int count, char **arguments) {
    char image[PATH_MAX], folder[PATH_MAX];
    long offset = find_image(image);
    const char *option = count > 1 ? arguments[1] : "";
    if (strcmp(option, "--appimage-offset") == 0) {
        printf("%ld\n", offset);
        return 0;
    }
    if (strcmp(option, "--appimage-extract") == 0) {
        extract(image, offset, "squashfs-root");
        return 0;
    }
    setenv("APPIMAGE", image, 1);
    setenv("ARGV0", arguments[0], 1);
    if (getcwd(folder, sizeof folder)) setenv("OWD", folder, 1);
    int asked = strcmp(option, "--appimage-extract-and-run") == 0;
    if (asked) { /* The program does not know the option. */
        memmove(arguments + 1, arguments + 2, (size_t)(count - 1) * sizeof *arguments);
    }
    if (asked || getenv("APPIMAGE_EXTRACT_AND_RUN")) return run_extracted(image, offset, arguments);
    mount_image(image, offset, folder);
    start(folder, arguments);
}

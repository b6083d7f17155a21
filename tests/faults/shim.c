/* Preloaded into a program under test: its syncs or writes fail and its wall clock differs as a file in memory says.
 * The file's path stands in SHIM_CONTROL; machine.py writes it while the program runs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
    int64_t clock_offset_s;
    int64_t calls_to_pass;
    int64_t failures_left;
    int64_t writes_fail; /* with ENOSPC, else syncs do with EIO */
    char file_ending[40];
};

static struct control *control;

__attribute__((constructor)) static void map_control(void) {
    const char *path = getenv("SHIM_CONTROL");
    int file = path ? open(path, O_RDWR) : -1;
    if (file < 0) return;
    void *memory = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory != MAP_FAILED) control = memory;
}

static int is_meant(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    size_t ending = strlen(control->file_ending);
    return ending > 0 && (size_t)length >= ending && !strcmp(path + length - ending, control->file_ending);
}

static int must_fail(int file, int64_t is_write) {
    if (!control || control->writes_fail != is_write || __atomic_load_n(&control->failures_left, __ATOMIC_SEQ_CST) <= 0 || !is_meant(file)) return 0;
    if (__atomic_fetch_sub(&control->calls_to_pass, 1, __ATOMIC_SEQ_CST) > 0) return 0;
    return __atomic_fetch_sub(&control->failures_left, 1, __ATOMIC_SEQ_CST) > 0;
}

int fsync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    if (must_fail(file, 0)) { errno = EIO; return -1; }
    return real(file);
}

int fdatasync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    if (must_fail(file, 0)) { errno = EIO; return -1; }
    return real(file);
}

ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset) {
    ssize_t (*real)(int, const void *, size_t, off64_t) =
        (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    if (must_fail(file, 1)) { errno = ENOSPC; return -1; }
    return real(file, data, length, offset);
}

ssize_t pwrite(int file, const void *data, size_t length, off_t offset) {
    return pwrite64(file, data, length, offset);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int (*real)(clockid_t, struct timespec *) =
        (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, now);
    if (result == 0 && control && clock == CLOCK_REALTIME) now->tv_sec += control->clock_offset_s;
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int (*real)(struct timeval *, void *) = (int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday");
    int result = real(now, zone);
    if (result == 0 && control) now->tv_sec += control->clock_offset_s;
    return result;
}

time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}

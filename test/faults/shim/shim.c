// Preloaded into PostgreSQL and the program by the fault scripts: a slow disk (every fsync takes longer) and a wall clock that is wrong.
// What it shall do is read from a file that all processes map (SHUBBAK_FAULTS): two 64-bit numbers, so that it changes at one instant for all.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct told { int64_t shift_ms; int64_t delay_us; };
static const struct told none;
static volatile const struct told *told = &none;
static int (*real_clock)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
  real_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  const char *path = getenv("SHUBBAK_FAULTS");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *at = mmap(NULL, sizeof(struct told), PROT_READ, MAP_SHARED, file, 0);
  if (at != MAP_FAILED) told = at;
  close(file);
}

int clock_gettime(clockid_t clock, struct timespec *at) {
  int result = real_clock ? real_clock(clock, at) : (int)syscall(SYS_clock_gettime, clock, at);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) at->tv_sec += told->shift_ms / 1000;
  return result;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}

static void wait_as_told(void) {
  int64_t us = told->delay_us;
  struct timespec wait = {us / 1000000, (us % 1000000) * 1000};
  if (us > 0) nanosleep(&wait, NULL);
}

int fsync(int file) {
  wait_as_told();
  return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
  wait_as_told();
  return (int)syscall(SYS_fdatasync, file);
}

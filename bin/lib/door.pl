#!/usr/bin/perl
# The thin client: passes words, input and ^C to the server of $SLIPWAY_DATA through its local door, and shows what it answers.
# People wait for it, and scripts call it in loops: a JVM takes some 90 ms to start, this takes 10. It needs no modules, only Perl itself,
# which every Debian has (perl-base). dev.slipway.door.Frame says what goes through the door: a type, a length of four bytes, and as many bytes.
use strict;
BEGIN { $^W = 1 }    # as "use warnings", a module that takes as long to load as all of this

# Linux's numbers for what Socket.pm and Errno.pm name.
sub AF_UNIX() { 1 }
sub SOCK_STREAM() { 1 }
sub EINTR() { 4 }
sub EACCES() { 13 }

sub MOST_WORDS() { 1 << 20 }    # bytes
sub MOST_BYTES() { 64 << 10 }
sub INTERRUPTED() { 130 }
sub NO_READER() { 141 }         # what a shell gives a program whose reader went away
sub PATIENCE() { 10 }           # seconds that an interrupted command has to end

my $interrupts = 0;
my $putting = 0;    # whether a frame is half on its way, into which nothing may come
my $owed = 0;       # whether the server is to be told of an interrupt after it
my $door;

exit main(@ARGV);

sub main {
    my @words = @_;
    my $size = 0;
    $size += length for @words;
    return failed('The command is longer than ' . MOST_WORDS . ' bytes') if $size > MOST_WORDS;

    my $here = readlink('/proc/self/cwd') // '/';
    my $data = $ENV{SLIPWAY_DATA} // '';
    $data = '/var/lib/slipway' if $data eq '';
    $data = ($here eq '/' ? '' : $here) . "/$data" if $data !~ m{^/};

    socket($door, AF_UNIX, SOCK_STREAM, 0) or return failed("No socket can be had: $!");
    if (!connect($door, pack('S a*', AF_UNIX, "$data/run/door/socket"))) {
        # The socket is closed to others, and so is the directory above it: whether a server runs cannot be seen from outside.
        return failed($! == EACCES
            ? 'Only root may give commands here; use sudo, or ssh'
            : "Slipway is not running: start it with bin/slipway server (data directory $data)");
    }
    $SIG{PIPE} = 'IGNORE';
    $SIG{$_} = \&interrupt for qw(INT TERM HUP);
    # A server that lets nobody in closes at once; what it said is still there to be read.
    my $heard = (-t STDIN && -t STDOUT ? put('T', $ENV{TERM} || 'dumb') : 1)
        && put('D', $here)
        && put('W', pack('N (N/a*)*', scalar @words, @words));
    return converse($heard);
}

# Shows what comes until the exit code does. Standard input is read only as far as the command reads it: what it leaves belongs to
# whoever comes next.
sub converse {
    my ($heard) = @_;
    my $wanted = 0;
    my $got = '';
    while (1) {
        while (length $got >= 5) {
            my ($type, $length) = unpack('a N', $got);
            last if length $got < 5 + $length;
            my $payload = substr($got, 5, $length);
            substr($got, 0, 5 + $length) = '';
            if ($type eq 'O') { show(\*STDOUT, $payload) }
            elsif ($type eq 'R') { show(\*STDERR, $payload) }
            elsif ($type eq 'N') { $wanted++ }
            elsif ($type eq 'X') { return unpack('N', $payload) }
            else { return failed("The Slipway server sent what this client does not know ($type): are both of one version?") }
        }
        my $ready = '';
        vec($ready, fileno $door, 1) = 1;
        vec($ready, 0, 1) = 1 if $wanted && $heard;
        next if select($ready, undef, undef, undef) < 0;    # a signal

        if (vec($ready, 0, 1)) {
            $wanted--;
            my $length = read_some(\*STDIN, my $input);
            $heard &&= $length ? put('I', $input) : put('E', '');    # closed is ended
        }
        if (vec($ready, fileno $door, 1)) {
            read_some($door, my $more) or return failed('The Slipway server stopped before the command ended');
            $got .= $more;
        }
    }
}

# Tells the server; a second time is for who does not want to wait for what it answers.
sub interrupt {
    exit INTERRUPTED if $interrupts++;
    $SIG{ALRM} = sub { exit INTERRUPTED };
    alarm PATIENCE;
    if ($putting) { $owed = 1 }
    else { put('C', '') }
}

# put TYPE, PAYLOAD: whether the server took it.
sub put {
    my ($type, $payload) = @_;
    $putting = 1;
    my $taken = write_all($door, pack('a N/a*', $type, $payload));
    $putting = 0;
    if ($owed) {
        $owed = 0;
        put('C', '');
    }
    return $taken;
}

sub show {
    my ($to, $text) = @_;
    write_all($to, $text) or exit NO_READER;
}

sub write_all {
    my ($to, $bytes) = @_;
    my $sent = 0;
    while ($sent < length $bytes) {
        my $length = syswrite($to, $bytes, length($bytes) - $sent, $sent);
        if (defined $length) { $sent += $length }
        elsif ($! != EINTR) { return 0 }
    }
    return 1;
}

# read_some FROM, BUFFER: how many bytes came; 0 at the end, and where nothing can be read.
sub read_some {
    my $from = shift;
    while (1) {
        my $length = sysread($from, $_[0], MOST_BYTES);
        return $length if defined $length;
        return 0 if $! != EINTR;
    }
}

sub failed {
    my ($message) = @_;
    write_all(\*STDERR, " !     $message\n") or return NO_READER;
    return 1;
}

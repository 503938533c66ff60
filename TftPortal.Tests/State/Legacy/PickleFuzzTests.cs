using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Loop;
using TftPortal.Engine.State.Legacy;

namespace TftPortal.Tests.State.Legacy;

/// <summary>Whatever the bytes are: a state or a refusal, nothing else, and soon. 60 seconds of it in CI: TFT_FUZZ_SECONDS=60.</summary>
public sealed class PickleFuzzTests
{
    private static readonly int? Seconds = int.TryParse(Environment.GetEnvironmentVariable("TFT_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static readonly byte[][] Seeds =
    [
        .. from entry in PickleCorpus.Index(PickleCorpus.Fixtures)
           let bytes = PickleCorpus.Read(entry.File)
           where bytes.Length < 2_000
           select bytes,
        APickle.OfState(new object?[] { APickle.Record("ppml0001", ("cpu_user_pct", 12.5), ("back_close_wait", 3L), ("notes", null), ("problem_child", true)) }),
    ];

    private static readonly byte[] Opcodes = [.. Enum.GetValues<PickleOpcode>().Select(opcode => (byte)opcode)];

    private static readonly Gen<byte> AnyByte = Gen.OneOf(Gen.Byte, OneOf(Opcodes), OneOf<byte>(0, 1, 0x7f, 0x80, 0xff, (byte)'\n', (byte)'0', (byte)'9'));

    /// <summary>Places are given as parts of a million of the length, so that they fit whatever came before.</summary>
    private static readonly Gen<Func<byte[], byte[]>> Edit = Gen.OneOf<Func<byte[], byte[]>>(
        Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, 7], (place, bit) => (Func<byte[], byte[]>)(bytes => At(bytes, place) is var at && at < bytes.Length ? [.. bytes[..at], (byte)(bytes[at] ^ (1 << bit)), .. bytes[(at + 1)..]] : bytes)),
        Gen.Select(Gen.Int[0, 999_999], AnyByte.Array[0, 9], (place, more) => (Func<byte[], byte[]>)(bytes => At(bytes, place) is var at ? [.. bytes[..at], .. more, .. bytes[at..]] : bytes)),
        Gen.Select(Gen.Int[0, 999_999], Gen.Int[1, 20], (place, count) => (Func<byte[], byte[]>)(bytes => At(bytes, place) is var at ? [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + count)..]] : bytes)),
        Gen.Select(Gen.Int[0, 999_999], Gen.Int[1, 40], Gen.Int[2, 30], (place, count, times) => (Func<byte[], byte[]>)(bytes => At(bytes, place) is var at ? [.. bytes[..at], .. Enumerable.Repeat(bytes[at..Math.Min(bytes.Length, at + count)], times).SelectMany(part => part), .. bytes[at..]] : bytes)),
        Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, 999_999], OneOf(Seeds), (place, from, other) => (Func<byte[], byte[]>)(bytes => [.. bytes[..At(bytes, place)], .. other[At(other, from)..]])));

    private static readonly Gen<byte[]> Mutated = Gen.Select(OneOf(Seeds), Edit.Array[1, 8], (seed, edits) => edits.Aggregate(seed, (bytes, edit) => edit(bytes)));

    private static readonly Gen<byte[]> Instruction = Gen.OneOf(
        OneOf("N", "K\u0001", "]", "}", ")", "(", "0", "1", "2", "l", "t", "d", "a", "e", "s", "u", "U\u0001k", "X\u0001\0\0\0k", "I7\n", "L7L\n", "F1.5\n", "S'x'\n", "Vx\n", "\u0088", "\u008f", "\u0090", "\u0091", "\u0094", "\u0085", "\u0086", "\u0087", "U\u000erolling_window", "U\u000atick_count", "U\u0010server_timesteps").Select(APickle.Raw),
        Gen.Select(OneOf((byte)'q', (byte)'h'), Gen.Byte[0, 9], (opcode, index) => new[] { opcode, index }),
        Gen.Select(OneOf(Opcodes), AnyByte.Array[0, 9], (opcode, argument) => (byte[])[opcode, .. argument]));

    private static readonly Gen<byte[]> Program = Instruction.Array[1, 60].Select(parts => (byte[])[.. parts.SelectMany(part => part), (byte)'.']);

    [Fact]
    public void Any_bytes_are_a_state_or_a_refusal()
    {
        var reader = new LegacyPickle(FeedRules.Of(new(new(new()), new FakeTimeProvider())), new FakeTimeProvider());
        Gen.OneOf(Mutated, Program, AnyByte.Array[0, 200]).Sample(
            bytes =>
            {
                try
                {
                    reader.Read(bytes, null, CancellationToken.None);
                }
                catch (LegacyRefusedException refused)
                {
                    Assert.False(string.IsNullOrWhiteSpace(refused.Message));
                }
            },
            iter: Seconds is null ? 20_000 : -1, time: Seconds ?? -1, print: bytes => $"{Convert.ToHexString(bytes)} ({Encoding.Latin1.GetString(bytes)})");
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static int At(byte[] bytes, int millionths) => (int)((long)bytes.Length * millionths / 1_000_000);
}

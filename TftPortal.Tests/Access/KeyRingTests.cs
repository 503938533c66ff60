using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Settings;

namespace TftPortal.Tests.Access;

public sealed class KeyRingTests : IDisposable
{
    private static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.7");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tft-keys-");
    private readonly FakeTimeProvider clock = new();
    private readonly KeyRing ring;
    private readonly Pepper pepper;
    private readonly string text = KeyText.New("aB3dE6gH");

    public KeyRingTests()
    {
        ring = new(Options.Create(new AccessOptions()), clock);
        pepper = Pepper.Open(PepperFile, mayCreate: true);
    }

    private string PepperFile => Path.Combine(folder.FullName, "keys.pepper");

    [Fact]
    public void Recognising_a_key_allocates_nothing()
    {
        Hang(networks: "192.0.2.0/24");
        var wrong = KeyText.New("aB3dE6gH");
        var use = ring.Get("aB3dE6gH")!.Use;
        for (var i = 0; i < 100; i++) Ask(wrong, use);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Ask(wrong, use);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.7", "None")]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.7", "None")]
    [InlineData("192.0.2.0/24,2001:db8::/32", "2001:db8::1", "None")]
    [InlineData("192.0.2.0/24", "192.0.3.7", "Network")]
    [InlineData("192.0.2.0/24", "2001:db8::1", "Network")]
    public void A_key_opens_only_from_its_networks(string networks, string from, string refusal)
    {
        Hang(networks);
        Assert.Equal(refusal, ring.Find(text, IPAddress.Parse(from)).Refusal.ToString());
    }

    [Fact]
    public void Another_secret_of_the_same_id_is_no_key()
    {
        Hang();
        Assert.NotNull(ring.Find(text, Somewhere).Held);
        Assert.Null(ring.Find(KeyText.New("aB3dE6gH"), Somewhere).Held);
    }

    [Fact]
    public void With_another_pepper_the_digests_are_worth_nothing()
    {
        Hang();
        var other = Pepper.Open(Path.Combine(folder.FullName, "other.pepper"), mayCreate: true);
        ring.Hang(new(other, [ring.Get("aB3dE6gH")!]));
        Assert.Null(ring.Find(text, Somewhere).Held);
        Assert.NotEqual(pepper.Mark, other.Mark);
    }

    [Fact]
    public void The_pepper_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PepperFile));
        File.SetUnixFileMode(PepperFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("open to others (mode 440)", Assert.Throws<WrongSettingException>(() => Pepper.Open(PepperFile, mayCreate: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_pepper_is_refused()
    {
        File.WriteAllText(PepperFile, "none");
        Assert.Contains("is damaged", Assert.Throws<WrongSettingException>(() => Pepper.Open(PepperFile, mayCreate: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_secret_the_last_50_callers_are_remembered_and_all_requests_counted()
    {
        var use = new KeyUse();
        for (var i = 0; i < 200; i++) use.Allow(1, new IPAddress(i), "agent", clock.GetUtcNow());
        use.Allow(2, Somewhere, new string('x', 5000), clock.GetUtcNow());
        Assert.Equal(KeyUse.MaxCallers + 1, use.Callers.Length);
        Assert.Contains(use.Callers, caller => caller.Address == new IPAddress(199).ToString());
        Assert.Equal(200, use.Callers[0].UserAgent.Length);
        Assert.Equal((201, 0), use.InDay(clock.GetUtcNow()));
    }

    [Fact]
    public void After_a_day_the_requests_of_yesterday_are_not_counted()
    {
        var use = new KeyUse();
        use.Allow(1, Somewhere, "agent", clock.GetUtcNow());
        clock.Advance(TimeSpan.FromHours(23));
        use.Refuse(1, Somewhere, "agent", KeyRefusal.Scope, clock.GetUtcNow());
        Assert.Equal((1, 1), use.InDay(clock.GetUtcNow()));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 1), use.InDay(clock.GetUtcNow()));
        clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal((0, 0), use.InDay(clock.GetUtcNow()));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Ask(string wrong, KeyUse use)
    {
        ring.Find(wrong, Somewhere);
        var match = ring.Find(text, Somewhere);
        use.Allow(match.Secret, Somewhere, "agent", clock.GetUtcNow());
    }

    private void Hang(string networks = "")
    {
        var digest = new byte[32];
        pepper.Digest(text, digest);
        var key = new ApiKey
        {
            Id = "aB3dE6gH",
            Name = "agent",
            Scopes = ApiScopes.Feed,
            Networks = [.. networks.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)],
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = "a test",
            Secrets = [new(1, [.. digest], clock.GetUtcNow(), null)],
        };
        ring.Hang(new(pepper, [new(key, new())]));
    }
}

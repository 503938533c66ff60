using System.Text.RegularExpressions;
using TftPortal.Settings;

namespace TftPortal.Tests.Access.Browser;

/// <summary>docs/security.md promises tests; a promise without one is worse than none.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Every_test_that_the_security_page_names_exists()
    {
        var page = File.ReadAllText(Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "docs", "security.md"));
        var classes = typeof(SecurityPageTests).Assembly.GetTypes().Where(type => type.IsPublic).ToLookup(type => type.Name, StringComparer.Ordinal);
        var named = Named().Matches(page).Select(found => (Class: found.Groups["class"].Value, Test: found.Groups["test"].Value)).Distinct().ToList();

        Assert.True(named.Count > 20, $"The page names {named.Count} tests only.");
        Assert.Equal([], named.Where(name => !classes[name.Class].Any(type => HasTest(type, name.Test))));
    }

    private static bool HasTest(Type type, string name) =>
        type.GetMethods().Any(method => (name.Length == 0 || method.Name == name) && method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0);

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<test>\w+))?`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}

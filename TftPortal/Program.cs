using TftPortal;

var builder = WebApplication.CreateBuilder(Portal.Options(args));
builder.AddTftPortal();

var app = builder.Build();
app.UseTftPortal();
app.Run();

/// <summary>The entry point, public for tests that host it.</summary>
public partial class Program;
